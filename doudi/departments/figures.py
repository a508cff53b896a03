"""When an item is due, and how it stands on a day."""

import datetime as dt
from dataclasses import dataclass

from doudi.departments.flow import Cycle
from doudi.kernel.periods import Month

GOOD, SOON, LATE = "good", "soon", "late"


@dataclass(frozen=True)
class Due:
    """`period`: the month(s) that are owed, "" for a cycle of days; `days` left, below 0 late."""

    period: str
    due_on: dt.date
    state: str
    days: int
    sent: bool  # what was due has come; `due_on` is then the next day


def due(cycle: Cycle, on: dt.date, period: str, received: dt.date | None) -> Due:
    """`period` and `received` tell of the newest delivery that came; "" and None: never."""
    if cycle.months:
        return _by_span(cycle, on, period)
    if received is None:
        return Due("", on, LATE, 0, False)
    day = received + dt.timedelta(days=cycle.days)
    left = (day - on).days
    state = LATE if left < 0 else SOON if left <= cycle.soon else GOOD
    return Due("", day, state, left, left > cycle.soon)


def _by_span(cycle: Cycle, on: dt.date, period: str) -> Due:
    start = _start(cycle, Month.of(on))
    if cycle.after == "end":
        start = start.plus(-cycle.months)
    sent = bool(period) and period >= str(start)
    if sent:
        start = start.plus(cycle.months)
    day = _day(cycle, start)
    left = (day - on).days
    state = GOOD if sent else LATE if left < 0 else SOON
    return Due(_words(cycle, start), day, state, left, sent)


def _start(cycle: Cycle, month: Month) -> Month:
    """The first month of the span in which a month lies."""
    return month.plus(-((month.number - cycle.first) % cycle.months))


def _day(cycle: Cycle, start: Month) -> dt.date:
    end = start.plus(cycle.months - 1).last_day
    after = start.first_day if cycle.after == "start" else end
    return after + dt.timedelta(days=cycle.by)


def _words(cycle: Cycle, start: Month) -> str:
    last = start.plus(cycle.months - 1)
    return str(start) if cycle.months == 1 else f"{start} — {last}"
