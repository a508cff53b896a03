"""The staff session: ended when idle, superseded, suspended or after a new password."""

import datetime as dt

import pytest
from django.test import Client

from doudi.accounts.actions.suspend_staff import suspend_staff
from doudi.clock.time import now
from tests.pages.gate.conftest import code_of, try_password

pytestmark = pytest.mark.django_db


def _inside(client):
    return client.get("/account/").status_code == 200


def test_fifteen_idle_minutes_end_the_session(signed_in, clock):
    clock.shift(dt.timedelta(minutes=15, seconds=1))

    assert not _inside(signed_in)


def test_whoever_works_stays_signed_in(signed_in, clock):
    states = []
    for _quarter in range(4):
        clock.shift(dt.timedelta(minutes=14))
        states.append(_inside(signed_in))

    assert states == [True, True, True, True]


def test_a_second_sign_in_ends_the_first_session(signed_in, clock):
    clock.shift(60)
    second = Client()
    try_password(second)
    second.post("/sign-in/code/", {"code": code_of("qili.clerk")})

    assert _inside(second)
    assert not _inside(signed_in)


def test_suspension_ends_the_session_at_once(signed_in, admin, clerk):
    suspend_staff(clerk, reason="调离", by=admin, at=now())

    assert not _inside(signed_in)


def test_a_new_password_ends_the_session_and_works(signed_in, clock):
    clock.shift(60)
    form = {
        "present": "a long quiet river",
        "password": "another quiet river",
        "again": "another quiet river",
        "code": code_of("qili.clerk"),
    }

    answer = signed_in.post("/account/", form)

    assert answer.status_code == 302
    assert not _inside(signed_in)
    assert try_password(Client(), password="another quiet river").status_code == 302


def test_a_new_password_typed_in_two_ways_is_refused(signed_in, clock):
    clock.shift(60)
    form = {
        "present": "a long quiet river",
        "password": "another quiet river",
        "again": "another quiet rivet",
        "code": code_of("qili.clerk"),
    }

    answer = signed_in.post("/account/", form)

    assert answer.status_code == 422
    assert "两次输入不一致" in answer.content.decode()


def test_a_moved_demo_clock_does_not_sign_anyone_out(signed_in, demo, city):
    signed_in.post("/demo/clock/", {"to": "date", "on": "2022-06-01"})

    assert _inside(signed_in)
