"""Signing in: two factors, one answer for every failure, a lock after five."""

import datetime as dt

import pytest
from django.test import Client

from doudi.accounts.actions.suspend_staff import suspend_staff
from doudi.audit.models import Entry
from doudi.clock.time import now
from tests.pages.gate.conftest import code_of, try_password

pytestmark = pytest.mark.django_db


def _inside(client):
    return client.get("/account/").status_code == 200


def test_password_and_code_open_the_desk(client, clerk, clock):
    clock.shift(60)

    first = try_password(client)
    second = client.post("/sign-in/code/", {"code": code_of("qili.clerk")})

    assert (first.status_code, first.url) == (302, "/sign-in/code/")
    assert (second.status_code, second.url) == (302, "/desk/")
    assert _inside(client)
    assert Entry.objects.filter(action="staff.signed_in").count() == 1


def test_the_password_alone_opens_nothing(client, clerk):
    try_password(client)

    assert not _inside(client)


def test_the_code_page_without_a_password_goes_back_to_the_beginning(client, clerk):
    answer = client.post("/sign-in/code/", {"code": code_of("qili.clerk")})

    assert (answer.status_code, answer.url) == (302, "/sign-in/")


def test_an_unknown_account_and_a_wrong_password_answer_alike(clerk):
    pages = [
        try_password(Client(), account, "wrong wrong wrong") for account in ("qili.clerk", "nobody")
    ]

    texts = [p.content.decode().replace("qili.clerk", "x").replace("nobody", "x") for p in pages]
    assert [page.status_code for page in pages] == [401, 401]
    assert _without_tokens(texts[0]) == _without_tokens(texts[1])


def _without_tokens(text):
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_suspended_person_and_one_who_never_opened_the_link_answer_the_same(admin, clerk):
    wrong = try_password(Client(), password="wrong wrong wrong")
    suspend_staff(clerk, reason="调离", by=admin, at=now())

    suspended = try_password(Client())
    uninvited = try_password(Client(), account="admin")

    assert [wrong.status_code, suspended.status_code, uninvited.status_code] == [401, 401, 401]


def test_five_wrong_passwords_lock_the_account_at_that_address(client, clerk):
    for _attempt in range(5):
        last = try_password(client, password="wrong wrong wrong")

    right = try_password(client)

    assert last.status_code == right.status_code == 429
    assert not _inside(client)


def test_an_unknown_account_is_locked_alike(client, city):
    answers = [try_password(client, "nobody", "wrong wrong wrong") for _attempt in range(6)]

    assert [a.status_code for a in answers] == [401, 401, 401, 401, 429, 429]


def test_a_lock_on_one_account_locks_no_other_at_that_address(client, clerk):
    for _attempt in range(6):
        try_password(client, "nobody", "wrong wrong wrong")

    assert try_password(client).url == "/sign-in/code/"


def test_the_owner_still_gets_in_from_another_address(client, clerk):
    for _attempt in range(6):
        try_password(client, password="wrong wrong wrong")

    elsewhere = Client(REMOTE_ADDR="10.0.0.9")

    assert try_password(elsewhere).url == "/sign-in/code/"


def test_the_lock_opens_after_half_an_hour(client, clerk, clock):
    for _attempt in range(5):
        try_password(client, password="wrong wrong wrong")

    clock.shift(dt.timedelta(minutes=31))

    assert try_password(client).status_code == 302


def test_the_same_code_does_not_sign_in_twice(signed_in, clerk):
    second = Client()
    try_password(second)

    answer = second.post("/sign-in/code/", {"code": code_of("qili.clerk")})

    assert answer.status_code == 401
    assert not _inside(second)


def test_a_wrong_code_says_neither_wrong_nor_used(client, clerk, clock):
    clock.shift(60)
    try_password(client)

    answer = client.post("/sign-in/code/", {"code": "000000"})

    assert answer.status_code == 401
    assert "验证码不对或已用过" in answer.content.decode()


def test_the_half_signed_state_ends_after_five_minutes(client, clerk, clock):
    try_password(client)
    clock.shift(dt.timedelta(minutes=6))

    answer = client.post("/sign-in/code/", {"code": code_of("qili.clerk")})

    assert answer.url == "/sign-in/"


def test_signing_in_leads_to_the_page_that_was_asked_for(client, clerk, clock):
    clock.shift(60)
    try_password(client, next="/account/")

    answer = client.post("/sign-in/code/", {"code": code_of("qili.clerk")})

    assert answer.url == "/account/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_never_leads_to_a_foreign_page(client, clerk, clock, target):
    clock.shift(60)
    try_password(client, next=target)

    answer = client.post("/sign-in/code/", {"code": code_of("qili.clerk")})

    assert answer.url == "/desk/"


def test_the_session_key_changes_at_both_steps(client, clerk, clock):
    clock.shift(60)
    client.get("/sign-in/")
    keys = []
    for path, form in (
        ("/sign-in/", {"account": "qili.clerk", "password": "a long quiet river"}),
        ("/sign-in/code/", {"code": code_of("qili.clerk")}),
    ):
        client.post(path, form)
        keys.append(client.session.session_key)

    assert len(set(keys)) == 2


def test_signing_out_needs_a_post_and_ends_the_session(signed_in):
    by_link = signed_in.get("/sign-out/")
    still = _inside(signed_in)

    signed_in.post("/sign-out/")

    assert (by_link.status_code, still) == (405, True)
    assert not _inside(signed_in)


def test_passwords_and_codes_are_nowhere_in_the_log(client, clerk, caplog, clock):
    caplog.set_level("DEBUG")
    try_password(client, password="wrong secret words")
    try_password(client)
    client.post("/sign-in/code/", {"code": "471108"})

    assert "wrong secret words" not in caplog.text
    assert "a long quiet river" not in caplog.text
    assert "471108" not in caplog.text
