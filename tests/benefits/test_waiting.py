"""Two aids of a kind for one person in one month: nobody twice, the list goes out, nothing is lost.

The later one waits for the next list (P2); two awards that are paid every month are an error.
"""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.benefits.actions.change_award import Change, change_award
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.plan_parts import Part, agree_parts, plan_parts
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.return_roll import return_roll
from doudi.benefits.dues import lines_due
from doudi.benefits.figures import entitled
from doudi.benefits.models import Award, Payment, Roll, WaitingLine
from doudi.benefits.reconciliation import three_ways
from doudi.clock.time import now
from doudi.kernel.errors import Conflict
from doudi.outbox.deliver import deliver_all
from tests.benefits.month import COUNTY, Hands, hands, prepared, released
from tests.benefits.running import TOWN, award
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST = "2022-06", "2022-07", "2022-08"
OTHER = "610722101001"
AID = "temporary_aid"
HEAD = Actor("staff", "1", "负责人")
OFFICES = (Role.COUNTY_OFFICER, Role.COUNTY_OFFICER, Role.COUNTY_FINANCE)


@pytest.fixture
def by(city):
    return hands()


def aid(fen, payee=None, month=JUNE, **more) -> Award:
    """One sum, given with a month's list; to the payee of another award where one is named."""
    made = award(fen=0, programme=AID, start=month, **more)
    values = {"once_fen": fen, "end_month": month}
    if payee is not None:
        values |= {"payee": payee.payee, "payee_name": payee.payee_name}
    Award.objects.filter(pk=made.pk).update(**values)
    made.refresh_from_db()
    return made


def two_aids(clock) -> tuple[Award, Award]:
    """Hail in May and a hospital in June: both decided for one person before June's list."""
    first = aid(300_000)
    clock.shift(dt.timedelta(hours=1))
    return first, aid(200_000, first)


def paid(month, by) -> list[tuple[str, int]]:
    """The month goes to the bank; its lines."""
    roll = released(by, month)
    deliver_all()
    return sorted(roll.payments.values_list("kind", "amount_fen"))


def paid_lines(month, by, county=COUNTY) -> list[Payment]:
    """A county's month goes to the bank; its payments by kind."""
    roll = prepare_roll(county, month, by=by.officer, at=now())
    check_roll(roll.pk, version=None, by=by.checker, at=now())
    release_roll(roll.pk, version=None, by=by.finance, at=now())
    deliver_all()
    return list(roll.payments.order_by("kind"))


def whole(month, by) -> list[Payment]:
    """The same in the other county."""
    return paid_lines(month, by, OTHER[:6])


def raised(running, month) -> None:
    """100 yuan more from a month on that went to the bank already."""
    running.refresh_from_db()
    before = entitled(running, month).fen
    more = Change("adjust", month, before, ((month, before + 10_000, 0),))
    change_award(running.pk, more, by=HEAD, at=now())


def waits(month) -> list[tuple[str, str, int]]:
    """What a month's list tells that waits: whose, for whom, how much."""
    rows = WaitingLine.objects.filter(roll__month=month)
    return list(rows.values_list("award__number", "first__number", "fen"))


def gaps(month):
    return three_ways(COUNTY, month, now(), dt.timedelta(hours=1)).gaps


def test_the_later_of_two_aids_waits_and_comes_with_the_next_list_once(by, clock):
    first, second = two_aids(clock)
    other = award(fen=40_000)

    june, told = paid(JUNE, by), waits(JUNE)
    july, august = paid(JULY, by), paid(AUGUST, by)

    assert june == [("dibao", 40_000), (AID, 300_000)]
    assert told == [(second.number, first.number, 200_000)]
    assert [fen for _kind, fen in july] == [200_000, 40_000]
    assert august == [("dibao", 40_000)]
    assert [gaps(month) for month in (JUNE, JULY, AUGUST)] == [[], [], []]
    assert Payment.objects.exclude(award=other).count() == 2


def test_three_aids_come_one_a_month(by, clock):
    first, _second = two_aids(clock)
    clock.shift(dt.timedelta(hours=1))
    aid(100_000, first)

    months = [[fen for _kind, fen in paid(month, by)] for month in (JUNE, JULY, AUGUST)]

    assert months == [[300_000], [200_000], [100_000]]
    assert [len(waits(month)) for month in (JUNE, JULY, AUGUST)] == [2, 1, 0]


def test_where_the_first_month_is_still_with_the_county_it_waits_for_the_list_after_the_next(
    by, clock
):
    two_aids(clock)
    prepared(by, JUNE)
    early = [line.fen for line in lines_due(COUNTY, JULY)]

    paid(JUNE, by)

    assert early == []
    assert [line.fen for line in lines_due(COUNTY, JULY)] == [200_000]
    assert [line.fen for line in lines_due(COUNTY, AUGUST)] == [200_000]


def test_a_list_that_is_prepared_anew_tells_it_anew(by, clock):
    _first, second = two_aids(clock)
    roll = prepared(by, JUNE)
    assert len(waits(JUNE)) == 1
    Award.objects.filter(pk=second.pk).update(payee=award(start=AUGUST).payee)

    again = prepared(by, JUNE)

    assert (again.pk, waits(JUNE), again.total_fen) == (roll.pk, [], 500_000)


def test_parts_of_two_plans_wait_for_each_other_too(by, clock):
    first, second = two_aids(clock)
    clerk, head = staff("w.c", Role.TOWN_CLERK, TOWN), staff("w.h", Role.TOWN_HEAD, TOWN)
    for each in (first, second):
        half = each.once_fen // 2
        plan_parts(each.pk, (Part(JUNE, half), Part(JULY, half)), by=clerk, at=now())
        agree_parts(each.pk, by=head, at=now())

    months = [paid(month, by) for month in (JUNE, JULY, AUGUST)]

    part1, part2 = f"part1.{AID}", f"part2.{AID}"
    assert months[0] == [(part1, 150_000)]
    assert months[1] == [(part1, 100_000), (part2, 150_000)]
    assert months[2] == [(part2, 100_000)]
    assert gaps(JUNE) == gaps(JULY) == gaps(AUGUST) == []


def test_what_two_counties_owe_one_person_comes_in_two_months(by, clock):
    here = award(fen=50_000)
    there = award(fen=30_000, village=OTHER, programme="extreme_poverty")
    there_by = {role: staff(f"t.{role}", Role.COUNTY_OFFICER, OTHER[:6]) for role in "oc"}
    old = aid(100_000, here)
    far = aid(80_000, here, village=OTHER)

    prepare_roll(COUNTY, JUNE, by=by.officer, at=now())
    roll = prepare_roll(OTHER[:6], JUNE, by=there_by["o"], at=now())

    assert waits(JUNE) == [(far.number, None, 80_000)]
    assert list(roll.payments.values_list("award", flat=True)) == [there.pk]
    assert Payment.objects.filter(award=old).exists()


def test_arrears_from_the_county_that_was_left_and_the_one_that_was_come_to_are_both_paid(by):
    here, there = award(fen=50_000), award(fen=30_000, village=OTHER, start=JULY)
    Award.objects.filter(pk=here.pk).update(end_month=JUNE)
    Award.objects.filter(pk=there.pk).update(payee=here.payee)
    far = Hands(*(staff(f"t.{n}", role, OTHER[:6]) for n, role in enumerate(OFFICES)))
    paid(JUNE, by)
    whole(JULY, far)
    for running, month in ((here, JUNE), (there, JULY)):
        raised(running, month)

    first = [line.kind for line in paid_lines(AUGUST, by)]
    second = [[line.kind for line in whole(month, far)] for month in (AUGUST, "2022-09")]

    assert first == ["arrears.dibao"]
    assert second == [["dibao"], ["arrears.dibao", "dibao"]]


def test_arrears_of_a_person_from_two_awards_do_not_meet_either(by, clock):
    """The aid that waited comes as arrears; another's arrears of that kind stand already."""
    first, second = two_aids(clock)
    paid(JUNE, by)
    third = aid(90_000, first, JULY)
    fourth = aid(70_000, first, JULY)

    july, august = paid(JULY, by), paid(AUGUST, by)
    september = paid("2022-09", by)

    assert sorted(fen for _kind, fen in july) == [90_000, 200_000]
    assert [fen for _kind, fen in august] == [70_000]
    assert september == []
    assert {second.pk, third.pk, fourth.pk} <= set(Payment.objects.values_list("award", flat=True))


def test_two_awards_that_are_paid_every_month_hold_the_list_with_their_names(by):
    one, error = award(fen=50_000), award(fen=40_000)
    Award.objects.filter(pk=error.pk).update(payee=one.payee)

    with pytest.raises(Conflict) as refusal:
        prepared(by, JUNE)

    assert refusal.value.sentence.values == {"numbers": [one.number, error.number]}
    assert (Roll.objects.count(), WaitingLine.objects.count()) == (0, 0)


def test_a_roll_that_was_checked_keeps_what_it_told(by, clock):
    two_aids(clock)
    paid(JUNE, by)
    paid(JULY, by)

    assert len(waits(JUNE)) == 1


def test_arrears_of_a_running_award_wait_for_nobody_elses_month(by, clock):
    running = award(fen=50_000)
    paid(JUNE, by)
    raised(running, JUNE)

    assert paid(JULY, by) == [("arrears.dibao", 10_000), ("dibao", 60_000)]
    assert waits(JULY) == []


def test_a_list_sent_back_and_prepared_anew_pays_both_within_two_months(by, clock):
    two_aids(clock)
    roll = prepared(by, JUNE)
    check_roll(roll.pk, version=None, by=by.checker, at=now())
    return_roll(roll.pk, "有一户有误", version=None, by=by.checker, at=now())

    months = [[fen for _kind, fen in paid(month, by)] for month in (JUNE, JULY)]

    assert months == [[300_000], [200_000]]
