"""每户每年: above the year for a cause the county decides; nothing is refused (R41)."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.cases.actions.allow_over_year import allow_over_year
from doudi.cases.actions.confirm import confirm
from doudi.cases.models import Decision, YearWord
from doudi.cases.queries import pack
from doudi.clock.time import now
from doudi.kernel.errors import Missing, NotAllowed
from doudi.policy.rules.yearly import year_of
from tests.cases.test_given_once import SUGGESTED, rich_but_struck
from tests.factories.cases import case_at, office, staff

pytestmark = pytest.mark.django_db
WHY = "女儿二次手术，确需再给，县局同意。"


@pytest.fixture
def again(clock, city):
    """The family had temporary aid this year; the same comes up a second time."""
    first = case_at("confirmed", clock, rich_but_struck())
    case = case_at("noticed", clock, rich_but_struck())
    clock.shift(dt.timedelta(days=9))
    assert first.pk != case.pk
    return case


def test_up_to_the_fen_of_the_limit_the_town_confirms(again):
    made = confirm(again.pk, version=None, by=office().head, at=now())

    assert made.once_fen == SUGGESTED  # twice this is twelve urban standards exactly


def test_a_fen_more_is_held_until_the_county_has_agreed(again):
    Decision.objects.update(once_fen=SUGGESTED + 1)
    county = staff("year.county", Role.COUNTY_OFFICER, again.county)
    with pytest.raises(Missing) as held:
        confirm(again.pk, version=None, by=office().head, at=now())
    assert "须由县级民政部门同意" in held.value.sentence
    for stranger in (office().head, staff("year.mian", Role.COUNTY_OFFICER, "610725")):
        with pytest.raises(NotAllowed):
            allow_over_year(again.pk, WHY, version=None, by=stranger, at=now())

    allow_over_year(again.pk, WHY, version=None, by=county, at=now())

    assert confirm(again.pk, version=None, by=office().head, at=now()).granted
    assert YearWord.objects.get().by_name == county.name


def test_another_kind_another_year_and_what_was_set_aside_do_not_count(again, clock):
    Decision.objects.update(once_fen=SUGGESTED + 1, set_aside_at=now())
    county = staff("year.county", Role.COUNTY_OFFICER, again.county)

    with pytest.raises(Missing, match="没有超过每户每年的上限"):
        allow_over_year(again.pk, WHY, version=None, by=county, at=now())
    Decision.objects.update(set_aside_at=None, at=now() - dt.timedelta(days=200))

    assert confirm(again.pk, version=None, by=office().head, at=now()).granted


@pytest.mark.parametrize(
    ("times", "given", "asked", "over"),
    [
        (1, 0, 786_000, False),
        (1, 0, 786_001, True),
        (1, 393_000, 393_000, False),
        (2, 0, 1, True),
        (0, 0, 1, False),
    ],
)
def test_times_and_sum_both_count_to_the_last(times, given, asked, over):
    book = pack().book.at(dt.date(2022, 6, 1), "610702", "urban")

    assert year_of(book, "expenditure", times, given, asked).is_over is over
