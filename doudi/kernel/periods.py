"""Months and spans of days."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; written `2022-06`."""

    year: int
    number: int

    @staticmethod
    def parse(text: str) -> "Month":
        """`"2022-06"`; ValueError otherwise."""
        match = MONTH.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no month like 2022-06")
        return Month(int(match[1]), int(match[2]))

    @staticmethod
    def of(day: dt.date) -> "Month":
        """The month of a day."""
        return Month(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def plus(self, months: int) -> "Month":
        """So many months later (or earlier)."""
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1)

    def next(self) -> "Month":
        """The month after."""
        return self.plus(1)

    def previous(self) -> "Month":
        """The month before."""
        return self.plus(-1)

    @property
    def first_day(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.number, 1)

    @property
    def last_day(self) -> dt.date:
        """Its last day."""
        return dt.date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])


def full_years(born: dt.date, on: dt.date) -> int:
    """周岁: full years of age on a day; a birthday counts from its own day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last day of that month when it is shorter."""
    month = Month.of(day).plus(-months)
    return month.first_day.replace(day=min(day.day, month.last_day.day))
