"""Zhang from the hospital bed: 6,000 yuan before the papers, everything made up afterwards."""

import datetime as dt

import pytest

from doudi.benefits.actions.pay_once import pay_once
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.models import Award, BankOrder, Payment, Roll
from doudi.clock.time import now
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all
from doudi.urgent.actions.close import close
from doudi.urgent.actions.follow_up import follow_up
from doudi.urgent.actions.hang_notice import hang_notice
from doudi.urgent.actions.sign import sign
from doudi.urgent.actions.take_papers import take_papers
from doudi.urgent.models import HelpCall, Paper
from tests.urgent.conftest import proposed, visited

pytestmark = pytest.mark.django_db


def test_from_the_call_at_night_to_the_closed_file(roster, clock):
    call = visited(roster, clock)

    advance = proposed(call, roster.clerk)
    sign(advance.pk, version=None, by=roster.officer, at=now())
    deliver_all()
    payment = Payment.objects.get()
    papers = list(Paper.objects.values_list("pk", flat=True))
    take_papers(call.pk, papers, version=None, by=roster.clerk, at=now())
    hang_notice(call.pk, version=None, by=roster.clerk, at=now())
    for follow in HelpCall.objects.get(pk=call.pk).follow_ups.all():
        follow_up(follow.pk, "已办", version=None, by=roster.clerk, at=now())
    close(call.pk, "已救助，转入低保评估", version=None, by=roster.clerk, at=now())
    deliver_all()

    assert (payment.amount_fen, payment.stage) == (600_000, "paid")
    assert HelpCall.objects.get().stage == "closed"
    told = set(Message.objects.values_list("template", flat=True))
    assert told == {
        "urgent_raised",
        "urgent_taken",
        "urgent_signed",
        "urgent_paid",
        "urgent_made_up",
        "urgent_closed",
    }


def test_the_formula_proposes_and_says_from_what(roster, clock):
    advance = proposed(visited(roster, clock), roster.clerk)

    lines = {line["label_en"]: line for line in advance.basis.open()}
    assert advance.suggested_fen == 6 * 65_500
    assert lines["own cost"]["value"] == "86,000.00"
    assert lines["urgent aid, most urban standards"]["confidence"] == "assumed"


def test_the_money_comes_once_when_the_reaction_runs_twice(roster, clock):
    advance = proposed(visited(roster, clock), roster.clerk)
    sign(advance.pk, version=None, by=roster.officer, at=now())
    deliver_all()

    again = pay_once(advance.pk, at=now())
    deliver_all()

    assert again == Roll.objects.get()
    assert (Award.objects.count(), Payment.objects.count(), BankOrder.objects.count()) == (1, 1, 1)


def test_a_monthly_roll_never_takes_up_the_advance_and_stands_beside_its_roll(roster, clock):
    advance = proposed(visited(roster, clock), roster.clerk)
    sign(advance.pk, version=None, by=roster.officer, at=now())
    deliver_all()

    month = prepare_roll("610722", "2022-03", by=roster.officer, at=now())

    assert (month.household_count, Roll.objects.count()) == (0, 2)


def test_papers_are_due_in_ten_working_days_over_the_weekends(roster, clock):
    call = visited(roster, clock)

    advance = sign(proposed(call, roster.clerk).pk, version=None, by=roster.officer, at=now())

    assert advance.signed_at.date() == dt.date(2022, 3, 16)
    assert advance.papers_due_on == dt.date(2022, 3, 30)
