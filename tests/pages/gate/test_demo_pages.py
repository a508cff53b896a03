"""The demonstration's pages, and that none of them exists on a real database."""

import datetime as dt

import pytest
from django.db import transaction

from doudi.accounts.queries import demo_code
from doudi.audit.models import Entry
from doudi.clock.time import now, real_now, refresh
from doudi.gate import demo_accounts
from doudi.kernel.errors import NotFound
from doudi.notices.send import send
from tests.pages.gate.conftest import try_password

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/demo/", "/demo/messages/", "/demo/clock/"])
def test_on_a_real_database_there_is_no_such_page(client, city, path):
    answers = [client.get(path), client.post(path)]

    assert {a.status_code for a in answers} <= {404, 405}
    assert answers[0].status_code == 404


def test_on_a_real_database_the_sign_in_page_shows_no_account_and_no_code(client, clerk):
    page = client.get("/sign-in/?as=qili.clerk").content.decode()
    try_password(client)
    second = client.get("/sign-in/code/").content.decode()

    assert demo_accounts.PASSWORD not in page
    assert "qili.clerk" not in page
    assert "演示" not in second
    with pytest.raises(NotFound):
        demo_code(clerk, real_now())


def test_the_demo_sign_in_page_lists_the_accounts_and_fills_the_form(client, demo, clerk):
    listed = client.get("/sign-in/").content.decode()
    filled = client.get("/sign-in/?as=qili.clerk").content.decode()

    assert "镇（街道）经办人" in listed
    assert "七里街道" in listed
    assert 'value="qili.clerk"' in filled
    assert f'value="{demo_accounts.PASSWORD}"' in filled


def test_the_shown_code_works_for_half_a_minute_and_for_two_sign_ins(client, demo, clerk, clock):
    clock.shift(90)
    answers = []
    for pause in (30, 0):
        try_password(client)
        shown = client.get("/sign-in/code/").context["demo_code"]
        clock.shift(pause)
        answers.append(client.post("/sign-in/code/", {"code": shown}).status_code)
        client.post("/sign-out/")

    assert answers == [302, 302]


def test_the_message_box_shows_the_newest_first_with_a_link_to_click(client, demo):
    with transaction.atomic():
        send("sms_code", to="12012345678", values={"code": "123456", "minutes": 5})
    with transaction.atomic():
        link = "http://127.0.0.1:8000/apply/sign/abc/"
        send("family_link", to="12012345678", values={"applicant": "任*明", "link": link})

    text = client.get("/demo/messages/").content.decode()

    assert f'href="{link}"' in text
    assert "120****5678" in text
    assert "12012345678" not in text
    assert "123456" in text


def test_the_clock_goes_to_the_next_working_day_and_the_move_is_journalled(client, demo, city):
    answer = client.post("/demo/clock/", {"to": "workday"})

    refresh()
    assert answer.status_code == 200
    assert now() == dt.datetime(2022, 5, 10, 8, 0, tzinfo=now().tzinfo)
    assert Entry.objects.filter(action="clock.moved").count() == 1


def test_the_next_working_day_after_a_friday_is_a_monday(client, demo, city, clock):
    clock.move_to(dt.datetime(2022, 5, 13, 15, 0, tzinfo=now().tzinfo))

    client.post("/demo/clock/", {"to": "workday"})

    assert now().date() == dt.date(2022, 5, 16)


def test_the_clock_never_goes_back(client, demo, city):
    client.post("/demo/clock/", {"to": "date", "on": "2022-06-01"})

    answer = client.post("/demo/clock/", {"to": "date", "on": "2022-05-20"})

    assert answer.status_code == 422
    assert now().date() == dt.date(2022, 6, 1)


def test_one_step_of_the_clock_is_at_most_a_year(client, demo, city):
    answer = client.post("/demo/clock/", {"to": "date", "on": "2032-01-01"})

    assert answer.status_code == 422
    assert now().date() == dt.date(2022, 5, 9)


def test_the_terminal_lists_the_sign_ins_without_codes(demo, clerk):
    lines = demo_accounts.sign_ins()

    assert demo_accounts.PASSWORD in lines[0]
    assert any("qili.clerk" in line and "七里街道" in line for line in lines)
