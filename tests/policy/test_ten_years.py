"""Fifteen working days over every start date of ten years, counted a second way (P22)."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from doudi.kernel.workdays import WorkdayCalendar
from tests.policy.build import PACK, ROOT

FIRST, LAST = dt.date(2016, 12, 1), dt.date(2026, 11, 30)
DAYS = [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
CSV = ROOT / "doudi/packs/hanzhong/calendar/workdays.csv"


def listed(path: Path = CSV) -> list[dt.date]:
    """Every working day from the file itself: weekdays, less the rests, plus the days made up."""
    with path.open(encoding="utf-8") as file:
        kinds = {row["date"]: row["kind"] for row in csv.DictReader(file)}
    found, day = [], FIRST
    while day <= dt.date(2026, 12, 31):
        kind = kinds.get(day.isoformat(), "work" if day.isoweekday() <= 5 else "rest")
        found += [day] * (kind == "work")
        day += dt.timedelta(days=1)
    return found


def fifteenth(working: list[dt.date], start: dt.date) -> dt.date:
    """The fifteenth of the working days that come after the day of acceptance."""
    later = [day for day in working if day > start]
    return later[14]


@pytest.fixture(scope="module")
def working() -> list[dt.date]:
    """The second way to count."""
    return listed()


def test_every_start_of_ten_years_ends_on_the_day_that_a_plain_list_gives(working) -> None:
    found = {day: PACK.calendar.add_workdays(day, 15).on for day in DAYS}

    different = {day: end for day, end in found.items() if end != fifteenth(working, day)}

    assert len(DAYS) == 3652
    assert different == {}


def test_whoever_is_accepted_later_is_never_due_earlier() -> None:
    ends = [PACK.calendar.add_workdays(day, 15).on for day in DAYS]

    assert ends == sorted(ends)


def test_a_calendar_without_the_holidays_is_caught(working) -> None:
    plain = WorkdayCalendar({}, PACK.calendar.known_until)

    different = [d for d in DAYS if plain.add_workdays(d, 15).on != fifteenth(working, d)]

    assert len(different) > 500
