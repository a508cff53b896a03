"""What a figure is, and the two months that a page sets side by side."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from doudi.clock.time import CHINA
from doudi.kernel.periods import Month

NOW, BEFORE = "now", "before"


@dataclass(frozen=True)
class Span:
    """A month as days and as instants; a month that still runs ends with the present day."""

    month: Month
    first: dt.date
    after: dt.date  # the day behind the last one that counts
    since: dt.datetime
    until: dt.datetime

    @property
    def last(self) -> dt.date:
        """The as-of date: what happened up to and with this day is in."""
        return self.after - dt.timedelta(days=1)


def span(month: Month, today: dt.date) -> Span:
    """The part of a month that is over by the end of `today`."""
    after = min(month.next().first_day, today + dt.timedelta(days=1))
    first = month.first_day
    return Span(month, first, max(after, first), _midnight(first), _midnight(max(after, first)))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, CHINA)


@dataclass(frozen=True)
class Figure:
    """One figure.

    `rows` gives exactly what is counted, one row each; `in_month` says which of these rows belong
    to a span, so that two months are counted by one query; `by` are the dimensions it may be cut
    by; `adds` is the field that is summed beside the count.
    """

    key: str
    words: Any
    unit: Any
    once: Any  # the rule of de-duplication
    as_of: Any
    rows: Callable[[str, Span, Span], QuerySet[Any]]
    in_month: Callable[[Span], Q]
    by: Mapping[str, str] = field(default_factory=dict)
    adds: str = ""
    case: str = ""  # how the rows reach their case
    placed: bool = False  # whether the rows know their place without their case
    child: str = ""  # the field of the place one level down, where it is always the same
    parts: Callable[[str, Span, Span], list[QuerySet[Any]]] | None = None  # `rows`, to be counted
    flows: bool = False  # each row of two months that follow belongs to one of them, and to one

    def to_count(self, stem: str, first: Span, last: Span) -> list[QuerySet[Any]]:
        """The rows of two months in as many parts as an index has them; no row stands in two."""
        return self.parts(stem, first, last) if self.parts else [self.rows(stem, first, last)]

    def rows_in(self, stem: str, month: Span) -> QuerySet[Any]:
        """The rows of one month, to be listed."""
        return self.rows(stem, month, month).filter(self.in_month(month))

    def child_field(self, stem: str) -> str:
        """The field that holds the place one level down."""
        if self.child:
            return self.child
        inner = {4: "county", 6: "town", 9: "village_id"}.get(len(stem), "village_id")
        return inner if self.placed else f"{self.case}{inner}"
