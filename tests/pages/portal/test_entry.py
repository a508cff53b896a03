"""A phone is proved by six digits: five minutes, five tries, once, and every phone alike."""

import datetime as dt

import pytest
from django.test import Client

from doudi.notices.models import Message, PhoneCode
from tests.pages.portal.conftest import PHONE, newest_code, prove

pytestmark = pytest.mark.django_db


def _ask(client, phone=PHONE):
    return client.post("/track/sign-in/", {"phone": phone})


def _try(client, code):
    return client.post("/track/sign-in/code/", {"code": code})


def test_the_right_code_leads_to_the_page_that_was_asked_for(client, demo):
    client.get("/track/sign-in/", {"next": "/track/benefits/"})
    _ask(client)

    answer = _try(client, newest_code())

    assert answer.url == "/track/benefits/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_it_never_leads_to_a_foreign_page(client, demo, target):
    client.get("/track/sign-in/", {"next": target})
    _ask(client)

    answer = _try(client, newest_code())

    assert answer.url == "/track/cases/"


def test_a_wrong_code_opens_nothing_and_says_so(client, demo):
    _ask(client)
    wrong = f"{(int(newest_code()) + 1) % 1_000_000:06d}"

    answer = _try(client, wrong)

    assert answer.status_code == 422
    assert client.get("/track/cases/").status_code == 302


def test_a_code_lives_five_minutes(client, demo, clock):
    _ask(client)
    code = newest_code()
    clock.shift(dt.timedelta(minutes=5, seconds=1))

    answer = _try(client, code)

    assert answer.status_code == 422


def test_a_code_works_once(client, demo):
    _ask(client)
    code = newest_code()
    _try(client, code)
    thief = Client()
    thief.cookies = client.cookies
    thief.post("/track/sign-in/", {"phone": PHONE})

    answer = _try(thief, code)

    assert answer.status_code != 200
    assert PhoneCode.objects.filter(used_at=None).count() == 0


def test_after_five_wrong_tries_the_right_code_is_worthless(client, demo):
    _ask(client)
    code = newest_code()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _try_number in range(5):
        _try(client, wrong)

    answer = _try(client, code)

    assert answer.status_code == 422


def test_a_second_code_within_a_minute_is_not_sent(client, demo):
    _ask(client)

    answer = _ask(client)

    assert answer.status_code == 422
    assert "秒后再发" in answer.content.decode()
    assert Message.objects.count() == 1


def test_one_phone_gets_eight_codes_an_hour(client, demo, clock):
    states = []
    for _number in range(9):
        states.append(_ask(client).status_code)
        clock.shift(61)

    assert states == [302] * 8 + [422]


def test_guessing_from_one_address_is_stopped(client, demo, clock):
    wrong = 0
    for number in range(40):
        _ask(client, f"129000001{number:02d}")
        for _guess in range(4):
            wrong += _try(client, "000000").status_code == 422
        if _try(client, "000000").status_code == 429:
            break

    assert wrong <= 120


def test_a_known_and_an_unknown_phone_are_answered_alike(client, demo, submitted):
    known = Client()
    unknown = Client()

    first = _ask(known, "12900000077")
    second = _ask(unknown, "12900000078")

    assert (first.status_code, first.url) == (second.status_code, second.url)


@pytest.mark.parametrize("phone", ["", "123", "1390000000x", "23900000000", "139000000011"])
def test_what_is_no_mobile_phone_gets_no_message(client, demo, phone):
    answer = _ask(client, phone)

    assert answer.status_code == 422
    assert Message.objects.count() == 0


def test_a_demo_phone_does_not_exist_on_a_real_database(client, city):
    answer = _ask(client, PHONE)

    assert answer.status_code == 422


def test_the_code_is_nowhere_readable_at_rest(client, demo):
    _ask(client)

    row = PhoneCode.objects.values_list("phone_index", "digest").get()

    assert newest_code() not in "".join(row)
    assert PHONE not in "".join(row)


def test_leaving_ends_the_session(client, demo):
    prove(client)

    client.post("/track/leave/")

    assert client.get("/track/cases/").status_code == 302
