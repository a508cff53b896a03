"""Chinese working days: weekdays, less the days off, plus the make-up days of the yearly notice."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """A last day; `provisional` when it lies beyond the announced calendar."""

    on: dt.date
    provisional: bool


@dataclass(frozen=True)
class WorkdayCalendar:
    """`exceptions` says True (work) or False (rest) for days that differ from their weekday."""

    exceptions: Mapping[dt.date, bool]
    known_until: dt.date

    def is_workday(self, day: dt.date) -> bool:
        """Whether offices work on `day`; beyond the announced years, weekdays count."""
        return self.exceptions.get(day, day.weekday() < 5)

    def add_workdays(self, start: dt.date, count: int) -> Deadline:
        """The `count`-th working day after `start`; `start` itself never counts."""
        day, left = start, count
        while left:
            day += ONE
            left -= self.is_workday(day)
        return Deadline(day, day > self.known_until)

    def workdays_between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` lies before."""
        if end < start:
            return -self.workdays_between(end, start)
        days = (start + ONE * n for n in range(1, (end - start).days + 1))
        return sum(map(self.is_workday, days))
