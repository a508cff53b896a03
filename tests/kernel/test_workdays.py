"""Working days against an independent count."""

import bisect
import csv
import datetime as dt

import pytest

from doudi.kernel.workdays import Deadline
from tests.policy.build import PACK

CALENDAR = PACK.calendar
FIRST, LAST = dt.date(2016, 1, 1), dt.date(2025, 12, 31)


def _all_workdays() -> list[dt.date]:
    """By another way: every ordinal by its weekday, then rest days taken out, work days put in."""
    with (PACK.folder / "calendar/workdays.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    rest, work = ({r["date"] for r in rows if r["kind"] == kind} for kind in ("rest", "work"))
    ordinals = range(FIRST.toordinal(), dt.date(2026, 12, 31).toordinal() + 1)
    days = {dt.date.fromordinal(n).isoformat() for n in ordinals if n % 7 not in (6, 0)}
    return sorted(dt.date.fromisoformat(day) for day in days - rest | work if day >= "2016")


@pytest.mark.parametrize(
    ("start", "end"),
    [("2022-05-10", "2022-05-31"), ("2022-04-14", "2022-05-07"), ("2022-04-28", "2022-05-23")],
)
def test_fifteen_working_days_end_on_the_known_day(start: str, end: str) -> None:
    due = CALENDAR.add_workdays(dt.date.fromisoformat(start), 15)

    assert due == Deadline(dt.date.fromisoformat(end), provisional=False)


def test_ten_years_of_starts_agree_with_an_independent_count() -> None:
    workdays = _all_workdays()
    starts = [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]

    expected = [workdays[bisect.bisect_right(workdays, start) + 14] for start in starts]

    assert len(starts) == 3653
    assert [CALENDAR.add_workdays(start, 15).on for start in starts] == expected
    assert all(
        CALENDAR.workdays_between(start, due) == 15
        for start, due in zip(starts, expected, strict=True)
    )


def test_a_make_up_day_works_and_a_festival_rests() -> None:
    assert CALENDAR.is_workday(dt.date(2022, 5, 7))
    assert not CALENDAR.is_workday(dt.date(2022, 5, 4))


def test_beyond_the_announced_years_a_deadline_is_provisional() -> None:
    assert CALENDAR.add_workdays(dt.date(2026, 12, 30), 1) == Deadline(
        dt.date(2026, 12, 31), provisional=False
    )
    assert CALENDAR.add_workdays(dt.date(2026, 12, 31), 1).provisional


def test_working_days_between_count_back_as_they_count_forth() -> None:
    start, end = dt.date(2022, 5, 10), dt.date(2022, 5, 31)

    assert CALENDAR.workdays_between(start, end) == 15
    assert CALENDAR.workdays_between(end, start) == -15
    assert CALENDAR.workdays_between(start, start) == 0
