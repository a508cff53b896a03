"""已转…: the household sees where it was handed on and by when, and may change its mind."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from doudi.clock.time import now
from doudi.referrals.actions.answer_referral import Answer, answer_referral
from doudi.referrals.actions.open_life import open_life
from doudi.referrals.actions.refer import Asked, refer
from doudi.referrals.models import Referral
from tests.factories.cases import case_at, office
from tests.pages.portal.conftest import PHONE, prove
from tests.referrals.test_life import confirmed_militia

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(clock, city):
    """A case that was not confirmed."""
    return case_at("refused", clock)


@pytest.fixture
def owner(refused):
    """The applicant's phone."""
    browser = Client()
    prove(browser, PHONE)
    return browser


def handed_on(case):
    asked = Asked("education", "phoned", "孩子上高中，想办教育救助。")
    return refer(uuid4(), case.pk, asked, by=office().clerk, at=now())


def page_of(owner, case):
    return owner.get(f"/track/cases/{case.pk}/").content.decode()


def test_who_is_refused_reads_what_else_may_help(refused, owner):
    shown = page_of(owner, refused)

    assert "还可以找这些部门" in shown
    assert "教育救助（教育局）" in shown


def test_the_household_reads_where_it_was_handed_on_and_by_when(refused, owner):
    made = handed_on(refused)

    shown = page_of(owner, refused)

    assert "已转教育局" in shown
    assert f"{made.due_on.month}月{made.due_on.day}日" in shown
    assert "教育救助（教育局）" not in shown


def test_the_answer_is_read_on_the_cases_page(refused, owner):
    made = handed_on(refused)
    answer = Answer("given", "已列入助学金名单，九月发放。", "教育局资助中心")
    answer_referral(made.pk, answer, by=office().clerk, at=now())

    assert "已列入助学金名单" in page_of(owner, refused)


def test_whoever_agreed_changes_his_mind(refused, owner):
    made = handed_on(refused)
    address = f"/track/cases/{refused.pk}/referrals/{made.pk}/"

    asked = owner.get(address).content.decode()
    done = owner.post(address)

    assert "不要转了" in asked
    assert (done.status_code, Referral.objects.get().state) == (302, "stopped")


def test_another_phone_finds_nothing(refused, owner):
    made = handed_on(refused)
    stranger = Client()

    assert stranger.post(f"/track/cases/{refused.pk}/referrals/{made.pk}/").status_code == 302
    assert Referral.objects.get().state == "open"


def test_the_page_asks_little(refused, owner, django_assert_max_num_queries):
    handed_on(refused)

    with django_assert_max_num_queries(12):
        page_of(owner, refused)


def test_who_owes_a_proof_of_life_reads_when_and_that_nothing_stops_by_itself(clock, city):
    case = confirmed_militia(clock)
    clock.move_to(dt.datetime(2023, 5, 10, 8, 40, tzinfo=now().tzinfo))
    open_life(at=now())
    browser = Client()
    prove(browser, "12900000066")

    shown = page_of(browser, case)

    assert "今年的生存认证" in shown
    assert "补助不会自动停" in shown
