"""What is due in a month, after any changes: no gap, no double, whole fen."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.benefits.actions.change_award import Change, change_award
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.dues import lines_due, overpaid
from doudi.benefits.figures import Step, due_for, entitled, with_steps
from doudi.benefits.models import Award, AwardChange, Payment
from doudi.benefits.queries import changes_of
from doudi.clock.time import now
from doudi.kernel.errors import Conflict
from doudi.kernel.periods import Month
from doudi.outbox.deliver import deliver_all
from doudi.people.models import BenefitMark
from tests.benefits.running import COUNTY, award
from tests.factories.cases import staff

HEAD = Actor("staff", "1", "负责人")
FIRST = Month(2022, 1)
OPENED = SimpleNamespace(
    monthly_fen=100,
    base_fen=80,
    top_up_fen=20,
    once_fen=0,
    start_month="2022-01",
    end_month="",
    steps=[],
)


def changed(before: int, month: str = "2022-06", **more: object) -> Change:
    given = {"what": "adjust", "amounts": ((month, 80_000, 0),)} | more
    return Change(from_month=month, before_fen=before, **given)  # type: ignore[arg-type]


CHANGES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 10**6), st.integers(0, 10**6)), max_size=8
)


# A full machine is no fault of a calculation.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHANGES, st.one_of(st.none(), st.integers(0, 30)))
def test_every_month_has_exactly_one_amount_that_of_the_last_change_that_reaches_it(told, end):
    paid = SimpleNamespace(**vars(OPENED))
    truth = {FIRST.plus(n): 100 for n in range(36)}
    for order, (n, base, up) in enumerate(told, 1):
        paid.steps = with_steps(paid, [Step(str(FIRST.plus(n)), base, up, "adjust", order)])
        truth |= {m: base + up for m in truth if m >= FIRST.plus(n)}
    paid.end_month = "" if end is None else str(FIRST.plus(end))

    told_ = {m: due_for(paid, str(m)) for m in truth}

    last = Month(9999, 12) if end is None else FIRST.plus(end)
    assert told_ == {m: fen if m <= last else 0 for m, fen in truth.items()}


@pytest.mark.django_db
@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 900)), min_size=1, max_size=6))
def test_whatever_changes_late_or_early_the_rolls_come_to_what_was_due(told):
    with transaction.atomic():
        running = award(fen=50_000)
        _settled_half_year(running, told)

        running.refresh_from_db()
        months = [str(FIRST.plus(n)) for n in range(9)]
        due = sum(due_for(running, m) for m in months)
        got = sum(Payment.objects.values_list("amount_fen", flat=True))
        too_much = overpaid(running, "2022-10", changes_of(running))
        transaction.set_rollback(True)

    assert got - due == too_much


def _settled_half_year(running, told):
    """Rolls of nine months, each at the bank before the next; changes come in between."""
    hands = [staff(f"h{uuid4().hex[:8]}", r, COUNTY) for r in HANDS]
    waiting = list(told)
    for n in range(9):
        _pay(str(FIRST.plus(n)), hands)
        if waiting:
            back, fen = waiting.pop()
            _change(running, str(FIRST.plus(max(0, n - back))), fen * 100)


HANDS = (Role.COUNTY_OFFICER, Role.COUNTY_OFFICER, Role.COUNTY_FINANCE)


def _pay(month, hands):
    roll = prepare_roll(COUNTY, month, by=hands[0], at=now())
    check_roll(roll.pk, version=None, by=hands[1], at=now())
    release_roll(roll.pk, version=None, by=hands[2], at=now())
    deliver_all()
    return roll


def _change(running, month, fen):
    running.refresh_from_db()
    before = entitled(running, month).fen
    change_award(running.pk, changed(before, month, amounts=((month, fen, 0),)), by=HEAD, at=now())


@pytest.mark.django_db
def test_a_raise_for_months_that_are_paid_already_comes_with_the_next_roll_once(city):
    running, hands = (
        award(fen=50_000),
        [staff(r.value + str(n), r, COUNTY) for n, r in enumerate(HANDS)],
    )
    for month in ("2022-03", "2022-04"):
        _pay(month, hands)
    _change(running, "2022-04", 60_000)

    may = _pay("2022-05", hands)
    june = _pay("2022-06", hands)

    lines = sorted(may.payments.values_list("kind", "amount_fen"))
    assert lines == [("arrears.dibao", 10_000), ("dibao", 60_000)]
    assert list(june.payments.values_list("kind", "amount_fen")) == [("dibao", 60_000)]


@pytest.mark.django_db
def test_what_was_paid_too_much_is_shown_and_never_taken_off(city):
    running, hands = (
        award(fen=50_000),
        [staff(r.value + str(n), r, COUNTY) for n, r in enumerate(HANDS)],
    )
    _pay("2022-04", hands)
    _change(running, "2022-04", 30_000)

    may = _pay("2022-05", hands)

    running.refresh_from_db()
    assert list(may.payments.values_list("kind", "amount_fen")) == [("dibao", 30_000)]
    assert overpaid(running, "2022-06", changes_of(running)) == 20_000


@pytest.mark.django_db
def test_an_award_that_ended_is_paid_its_last_month_and_marks_nobody_any_more(city):
    running = award(fen=50_000)
    gone = changed(
        50_000, "2022-07", what="stop", amounts=(("2022-07", 0, 0),), until_month="2022-06"
    )

    change_award(running.pk, gone, by=HEAD, at=now())

    assert [line.fen for line in lines_due(COUNTY, "2022-06")] == [50_000]
    assert lines_due(COUNTY, "2022-07") == []
    assert BenefitMark.objects.get().until_month == "2022-06"


@pytest.mark.django_db
def test_a_change_that_was_proposed_on_another_amount_is_refused(city):
    running = award(fen=50_000)
    change_award(running.pk, changed(50_000), by=HEAD, at=now())

    with pytest.raises(Conflict):
        change_award(running.pk, changed(50_000), by=HEAD, at=now())

    assert AwardChange.objects.count() == 1


@pytest.mark.django_db
def test_the_same_matter_changes_an_award_once(city):
    running, matter = award(fen=50_000), uuid4()

    rows = {
        change_award(running.pk, changed(50_000, matter_id=matter), by=HEAD, at=now()).pk
        for _ in range(2)
    }

    assert len(rows) == 1 == AwardChange.objects.count()


@pytest.mark.django_db
def test_nobody_alters_a_change_and_nobody_removes_one_that_was_paid(city):
    running = award(fen=50_000)
    row = change_award(running.pk, changed(50_000), by=HEAD, at=now())
    prepare_roll(COUNTY, "2022-06", by=Actor("system", "tests", ""), at=now())

    with pytest.raises(IntegrityError), transaction.atomic():
        AwardChange.objects.filter(pk=row.pk).update(after_fen=1, base_fen=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardChange.objects.filter(pk=row.pk).delete()

    assert AwardChange.objects.get().after_fen == 80_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("area", "month", "heating"), [("urban", "2022-11", [120_000]), ("rural", "2022-11", [50_000])]
)
def test_winter_heating_comes_once_with_november(city, area, month, heating):
    award(fen=50_000, area=area)

    lines = {m: [x.fen for x in lines_due(COUNTY, m) if x.kind == "heating"] for m in NOV}

    assert lines == {"2022-10": [], month: heating, "2022-12": []}


NOV = ("2022-10", "2022-11", "2022-12")


@pytest.mark.django_db
def test_a_roll_leaves_out_whoever_is_suspended(city):
    running = award(fen=50_000)
    still = changed(50_000, what="suspend", amounts=(("2022-06", 0, 0),))
    change_award(running.pk, still, by=HEAD, at=now())

    roll = prepare_roll(COUNTY, "2022-06", by=Actor("system", "tests", ""), at=now())

    assert (roll.household_count, roll.person_count, Award.objects.count()) == (0, 0, 1)
