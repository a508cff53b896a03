"""What comes after a month's roll went to the bank: nothing of it is lost, nothing is set off."""

import datetime as dt

import pytest

from doudi.audit.actor import Actor
from doudi.benefits.actions.change_award import Change, change_award
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.plan_parts import Part, agree_parts, plan_parts
from doudi.benefits.channels.layouts import bank_data
from doudi.benefits.dues import lines_due, overpaid
from doudi.benefits.figures import entitled
from doudi.benefits.models import Attempt, Award, Payment, Roll
from doudi.benefits.queries import changes_of
from doudi.benefits.reconciliation import three_ways
from doudi.clock.time import now
from doudi.kernel.errors import Conflict
from doudi.outbox.deliver import deliver_all
from tests.benefits.month import COUNTY, GOOD, hands, prepared, released, to_account
from tests.benefits.running import TOWN, award
from tests.factories.cases import Role, staff

pytestmark = pytest.mark.django_db
HEAD = Actor("staff", "1", "负责人")


@pytest.fixture
def by(city):
    return hands()


def paid(month, by) -> list[tuple[str, int]]:
    """The month goes to the bank; its lines."""
    roll = released(by, month)
    deliver_all()
    return sorted(Payment.objects.filter(roll=roll).values_list("kind", "amount_fen"))


def to(running, month, fen) -> None:
    running.refresh_from_db()
    before = entitled(running, month).fen
    change = Change("adjust", month, before, ((month, fen, 0),))
    change_award(running.pk, change, by=HEAD, at=now())


def opened_after_june(clock, **more) -> Award:
    """Decided when June's list had gone already."""
    clock.shift(dt.timedelta(hours=1))
    return award(start="2022-06", **more)


def test_an_award_that_is_opened_after_its_first_list_went_gets_that_month_with_the_next(by, clock):
    award(fen=40_000)
    paid("2022-06", by)
    late = opened_after_june(clock, fen=50_000)

    july, august = paid("2022-07", by), paid("2022-08", by)

    assert july == [("arrears.dibao", 50_000), ("dibao", 40_000), ("dibao", 50_000)]
    assert august == [("dibao", 40_000), ("dibao", 50_000)]
    assert Payment.objects.filter(award=late, kind="arrears.dibao").count() == 1


def test_a_sum_that_is_given_once_comes_with_the_next_list_where_its_own_has_gone(by, clock):
    award(fen=40_000)
    paid("2022-06", by)
    late = opened_after_june(clock, fen=0, programme="temporary_aid")
    Award.objects.filter(pk=late.pk).update(once_fen=600_000, end_month="2022-06")

    july, august = paid("2022-07", by), paid("2022-08", by)

    assert [fen for _kind, fen in july] == [600_000, 40_000]
    assert august == [("dibao", 40_000)]


def test_what_comes_in_parts_is_not_owed_as_a_whole_as_well(by, clock):
    award(fen=40_000)
    paid("2022-06", by)
    late = opened_after_june(clock, fen=0, programme="temporary_aid")
    Award.objects.filter(pk=late.pk).update(once_fen=600_000, end_month="2022-06")
    plan = (Part("2022-06", 200_000), Part("2022-08", 400_000))
    plan_parts(late.pk, plan, by=staff("l.clerk", Role.TOWN_CLERK, TOWN), at=now())
    agree_parts(late.pk, by=staff("l.head", Role.TOWN_HEAD, TOWN), at=now())

    due = [part.due_month for part in late.parts.all()]
    july = paid("2022-07", by)

    assert due == ["2022-07", "2022-08"]
    assert july == [("dibao", 40_000), ("part1.temporary_aid", 200_000)]
    assert three_ways(COUNTY, "2022-06", now(), dt.timedelta(0)).gaps == []


def test_who_was_on_the_list_of_the_first_month_is_owed_nothing_for_it(by):
    award(fen=50_000, start="2022-06")
    paid("2022-06", by)

    assert [line.kind for line in lines_due(COUNTY, "2022-07")] == ["dibao"]


def test_an_award_that_was_opened_after_its_list_is_no_gap_of_that_month(by, clock):
    award(fen=40_000)
    paid("2022-06", by)
    opened_after_june(clock)

    assert three_ways(COUNTY, "2022-06", now(), dt.timedelta(hours=1)).gaps == []


def test_what_was_too_much_in_one_month_is_not_taken_off_what_another_is_owed(by):
    running = award(fen=50_000)
    for month in ("2022-03", "2022-04"):
        paid(month, by)
    to(running, "2022-03", 20_000)
    to(running, "2022-04", 60_000)

    may = paid("2022-05", by)

    running.refresh_from_db()
    assert may == [("arrears.dibao", 10_000), ("dibao", 60_000)]
    assert overpaid(running, "2022-06", changes_of(running)) == 30_000


def test_a_file_in_the_form_of_iso_20022_is_the_one_that_was_released(by, monkeypatch):
    monkeypatch.setitem(bank_data().counties, COUNTY, "iso20022")
    award(fen=40_000)

    paid("2022-06", by)

    assert Roll.objects.get().stage == "settled"


@pytest.mark.parametrize("what", ["stopped", "account"])
def test_whoever_died_or_changed_the_account_after_the_list_was_made_is_not_checked_with_it(
    what, by, clock
):
    running, other = award(fen=50_000), award(fen=40_000)
    roll = prepared(by, "2022-06")
    clock.shift(dt.timedelta(minutes=5))
    if what == "stopped":
        gone = Change("stop", "2022-06", 50_000, (("2022-06", 0, 0),), "2022-05")
        change_award(running.pk, gone, by=HEAD, at=now())
    else:
        to_account(running, GOOD)

    with pytest.raises(Conflict, match="1户"):
        check_roll(roll.pk, version=None, by=by.checker, at=now())
    again = released(by, "2022-06")

    lines = dict(Attempt.objects.values_list("payment__award", "account_index"))
    assert again.pk == roll.pk
    assert lines.get(running.pk) in (None, Award.objects.get(pk=running.pk).account_index)
    assert other.pk in lines


def test_a_change_of_a_later_month_holds_no_list_up(by, clock):
    running = award(fen=50_000)
    roll = prepared(by, "2022-06")
    clock.shift(dt.timedelta(minutes=5))
    to(running, "2022-07", 30_000)

    assert check_roll(roll.pk, version=None, by=by.checker, at=now()).stage == "checked"
