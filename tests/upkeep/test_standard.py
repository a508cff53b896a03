"""A new standard reaches every award of a county from its month, approved by a second person."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doudi.accounts.permissions import Role
from doudi.benefits.figures import due_for
from doudi.benefits.models import Award, AwardChange
from doudi.cases.queries import pack
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from doudi.policy.rules.standards import Held, restandard
from doudi.upkeep.actions.approve_standard import approve_standard
from doudi.upkeep.actions.prepare_standard import prepare_standard
from tests.benefits.running import COUNTY, award
from tests.factories.cases import staff

BEFORE, AFTER = dt.date(2025, 9, 30), dt.date(2025, 10, 1)


def books(area):
    law = pack().book
    return law.at(BEFORE, COUNTY, area), law.at(AFTER, COUNTY, area)


@pytest.mark.parametrize(
    ("programme", "area", "persons", "base", "top_up", "expected"),
    [
        ("dibao", "urban", 3, 114_600, 52_400, (120_600, 54_000, "difference")),
        ("dibao", "rural", 3, 105_000, 13_500, (111_000, 14_250, "band")),
        ("dibao", "rural", 1, 45_000, 0, (47_500, 0, "band")),
        ("dibao", "rural", 1, 25_000, 22_500, (26_500, 23_750, "band")),
        ("dibao", "rural", 1, 25_001, 0, None),
        ("dibao", "urban", 1, 50_000, 1, None),
        ("tekun", "urban", 1, 122_500, 0, (125_000, 0, "basic")),
        ("tekun", "rural", 1, 58_500, 0, (62_000, 0, "basic")),
        ("tekun", "rural", 1, 58_499, 0, None),
        ("single_person", "urban", 1, 39_300, 0, (40_500, 0, "floor")),
        ("single_person", "urban", 1, 60_000, 0, (62_000, 0, "difference")),
        ("orphan", "urban", 1, 100_000, 0, None),
    ],
)
def test_an_award_goes_over_to_the_new_standard(programme, area, persons, base, top_up, expected):
    moved = restandard(*books(area), Held(programme, area, persons, base, top_up))

    assert (moved and (moved.base, moved.top_up, moved.how)) == expected


@given(st.integers(1, 12), st.integers(0, 65_500 * 12))
def test_the_law_on_the_same_income_gives_what_going_over_gives(persons, net):
    old, new = books("urban")
    base = max(0, 65_500 * persons - net // 12)

    moved = restandard(old, new, Held("dibao", "urban", persons, base, 0))

    assert moved is not None
    assert moved.base == 67_500 * persons - net // 12 or net // 12 > 65_500 * persons


@pytest.fixture
def hands(city):
    return staff("s.one", Role.COUNTY_OFFICER, COUNTY), staff("s.two", Role.COUNTY_OFFICER, COUNTY)


@pytest.mark.django_db
def test_nobody_is_missed_and_nobody_is_raised_before_the_month(hands):
    urban = award(fen=50_000, up=19_650)
    rural = award(fen=90_000, area="rural", born=("1970-01-01", "1972-01-01"))
    odd = award(fen=33_333, area="rural")
    ended = award(fen=50_000)
    Award.objects.filter(pk=ended.pk).update(end_month="2025-09")

    run = prepare_standard(COUNTY, "2025-10", by=hands[0], at=now())
    approve_standard(run.pk, "汉民发〔2025〕82号", by=hands[1], at=now())

    told = {a.pk: [due_for(a, m) for m in ("2025-09", "2025-10")] for a in Award.objects.all()}
    assert (run.award_count, run.line_count, run.open_count) == (3, 3, 1)
    assert told == {
        urban.pk: [69_650, 72_250],
        rural.pk: [90_000, 95_000],
        odd.pk: [33_333, 33_333],
        ended.pk: [50_000, 0],
    }
    assert set(AwardChange.objects.values_list("what", "paper")) == {
        ("standard", "汉民发〔2025〕82号")
    }


@pytest.mark.django_db
def test_who_prepared_the_list_does_not_approve_it(hands):
    award()
    run = prepare_standard(COUNTY, "2025-10", by=hands[0], at=now())

    with pytest.raises(NotAllowed):
        approve_standard(run.pk, "文号", by=hands[0], at=now())


@pytest.mark.django_db
def test_an_award_that_came_after_the_list_is_not_forgotten(hands):
    award()
    run = prepare_standard(COUNTY, "2025-10", by=hands[0], at=now())
    award()

    with pytest.raises(Conflict):
        approve_standard(run.pk, "文号", by=hands[1], at=now())

    assert AwardChange.objects.count() == 0


@pytest.mark.django_db
def test_a_month_without_a_new_standard_has_no_list(hands):
    with pytest.raises(Invalid):
        prepare_standard(COUNTY, "2025-11", by=hands[0], at=now())
