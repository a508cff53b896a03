"""The Ren family from submission to the first payment, action by action."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.models import Award, Payment, Roll
from doudi.cases.models import Assessment, Decision, PublicNotice
from doudi.cases.progress import progress
from doudi.clock.time import now
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all
from doudi.people.models import BenefitMark
from doudi.policy.assess import recompute
from tests.factories.cases import case_at, staff

pytestmark = pytest.mark.django_db


def test_the_town_promises_the_last_of_fifteen_working_days(clock, city):
    case = case_at("accepted", clock)

    assert case.accepted_on == dt.date(2022, 5, 9)
    assert case.due_on == dt.date(2022, 5, 30)


def test_the_assessment_gives_1670_yuan_and_computes_again_from_what_it_stored(clock, city):
    case = case_at("assessed", clock)

    stored = Assessment.objects.get(case=case)
    again = recompute({"facts": stored.facts.open(), "book": stored.book})

    assert (stored.chosen, stored.monthly_fen) == ("dibao", 167_000)
    assert again.to_json(explain=True) == stored.findings.open()


def test_the_notice_shows_a_masked_name_and_nothing_else_personal(clock, city):
    case = case_at("noticed", clock)

    notice = PublicNotice.objects.get(case=case)

    assert notice.masked_name == "任*明"
    assert (notice.persons, notice.covered, notice.monthly_fen) == (3, 3, 167_000)


def test_june_is_the_first_month_and_three_persons_are_covered(clock, city):
    case = case_at("confirmed", clock)

    decision = Decision.objects.get(case=case)

    assert (decision.start_month, decision.monthly_fen) == ("2022-06", 167_000)
    assert len(decision.persons.open()) == 3


def test_the_award_splits_base_and_top_ups_and_marks_every_person(clock, city):
    case = case_at("confirmed", clock)

    award = Award.objects.get(case_id=case.pk)

    assert (award.base_fen, award.top_up_fen) == (114_600, 52_400)
    assert BenefitMark.objects.filter(award_ref=award.pk).count() == 3


def test_junes_roll_pays_1670_yuan_once_through_three_pairs_of_hands(clock, city):
    case_at("confirmed", clock)
    officer = staff("o", Role.COUNTY_OFFICER, "610702")
    checker = staff("c", Role.COUNTY_OFFICER, "610702")
    finance = staff("f", Role.COUNTY_FINANCE, "610702")

    roll = prepare_roll("610702", "2022-06", by=officer, at=now())
    check_roll(roll.pk, version=None, by=checker, at=now())
    release_roll(roll.pk, version=None, by=finance, at=now())
    deliver_all()

    payment = Payment.objects.get()
    assert (payment.amount_fen, payment.month, payment.stage) == (167_000, "2022-06", "paid")
    assert Roll.objects.get().stage == "settled"


def test_the_resident_reads_every_step_and_hears_of_each(clock, city):
    case = case_at("confirmed", clock)

    titles = [line["what"] for line in progress(case)["done"]]
    templates = list(Message.objects.order_by("created_at").values_list("template", flat=True))

    assert titles[:3] == ["已提交", "已受理", "部门核对已返回"]
    assert titles[-1] == "已确认"
    assert templates == ["submitted", "accepted", "noticed", "confirmed"]
