"""Temporary aid through the ordinary road: suggested, decided, and paid once."""

import pytest

from doudi.audit.actor import SYSTEM
from doudi.benefits.actions.open_award import open_award
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.models import Award, Payment
from doudi.cases.actions.assess import propose
from doudi.cases.actions.confirm import confirm
from doudi.cases.gates import acceptance
from doudi.cases.letters.data import letter_data
from doudi.cases.models import Decision, PublicNotice
from doudi.clock.time import now
from doudi.kernel.periods import Month
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all
from doudi.people.models import BenefitMark, Person
from tests.factories.cases import case_at, office, ren_declaration

pytestmark = pytest.mark.django_db
EVENT = {
    "kind": "expenditure",
    "cause": "女儿住院",
    "on": "2022-04-20",
    "persons": 3,
    "months": 2,
    "own_cost_yuan": "0.00",
    "last_same_cause_on": None,
}
SUGGESTED = 65_500 * 3 * 2  # R10: urban standard × persons × months, in fen


def rich_but_struck():
    """The Rens with a wage too high for dibao, and a daughter in hospital."""
    declaration = ren_declaration(event=EVENT)
    declaration["members"][1]["income"] = [{"kind": "wage", "yuan": "90000.00"}]
    return declaration


def test_who_earns_too_much_for_dibao_is_given_the_suggested_sum_once(clock, city):
    case = case_at("confirmed", clock, rich_but_struck())

    made = Decision.objects.get(case=case)
    award = Award.objects.get(case_id=case.pk)

    assert (made.programme, made.monthly_fen, made.once_fen) == ("temporary_aid", 0, SUGGESTED)
    assert (award.monthly_fen, award.once_fen) == (0, SUGGESTED)
    assert award.end_month == award.start_month
    assert PublicNotice.objects.get(case=case).once_fen == SUGGESTED
    assert not BenefitMark.objects.exists()
    assert open_award(made.pk, at=now()) == award


def test_the_roll_of_the_first_month_pays_it_and_no_other_does(clock, city):
    case = case_at("confirmed", clock, rich_but_struck())
    first = Award.objects.get(case_id=case.pk).start_month
    months = [first, str(Month.parse(first).next()), str(Month.parse(first).previous())]

    rolls = [prepare_roll(case.county, m, by=SYSTEM, at=now()) for m in months]

    assert [roll.total_fen for roll in rolls] == [SUGGESTED, 0, 0]
    assert Payment.objects.get().kind == "temporary_aid"


def test_the_message_and_the_letter_say_once_and_not_every_month(clock, city):
    case = case_at("confirmed", clock, rich_but_struck())
    deliver_all()

    told = Message.objects.get(template="confirmed_once").text.open()
    letter = letter_data(case.pk, "F13")

    assert "一次性3,930.00元" in told
    assert (letter["once"], letter["monthly_fen"]) == ("一次性", SUGGESTED)
    assert not Message.objects.filter(template="confirmed").exists()


def test_who_receives_dibao_may_apply_for_temporary_aid_and_only_for_that(clock, city):
    mark = {"programme": "dibao", "county": "610728", "from_month": "2022-01"}
    case = case_at("assessed", clock, rich_but_struck())
    BenefitMark.objects.create(person=Person.objects.first(), award_ref=case.pk, **mark)

    shut = {gate.code for gate in acceptance(case, now().date()) if not gate.open}
    case.application.declaration = ren_declaration()
    without = {gate.code for gate in acceptance(case, now().date()) if not gate.open}

    assert "elsewhere" not in shut
    assert "elsewhere" in without


def test_the_confirmation_looks_at_what_was_chosen(clock, city):
    case = case_at("noticed", clock, rich_but_struck())
    mark = {"programme": "dibao", "county": "610728", "from_month": "2022-01"}
    BenefitMark.objects.create(person=Person.objects.first(), award_ref=case.pk, **mark)
    clock.shift(15 * 86_400)

    confirm(case.pk, version=None, by=office().head, at=now())

    assert Decision.objects.get().once_fen == SUGGESTED


def test_a_poor_family_gets_dibao_first_and_the_aid_is_a_second_finding(clock, city):
    case = case_at("visited", clock, ren_declaration(event=EVENT))

    found = propose(case)

    assert found.recommended == "dibao"
    assert found.finding("temporary_aid").one_off == SUGGESTED
