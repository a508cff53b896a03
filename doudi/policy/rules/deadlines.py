"""By when? National and local clocks (R12); every number of days is a parameter."""

import datetime as dt

from doudi.kernel.workdays import Deadline, WorkdayCalendar
from doudi.policy.book import PolicyBook, Row


def days(book: PolicyBook, key: str, on: dt.date) -> Row:
    """The row of a period in force on a day, such as `process.total_days`."""
    return next(row for row in book.all_rows if row.key == key and row.holds(on, "", ""))


def due_on(book: PolicyBook, calendar: WorkdayCalendar, accepted: dt.date) -> Deadline:
    """The last day to decide: working days counted from the day after acceptance (NT22 4(1))."""
    row = days(book, "process.total_days", accepted)
    return calendar.add_workdays(accepted, _count(row))


def notice_until(book: PolicyBook, from_on: dt.date) -> dt.date:
    """The last day of a public notice: calendar days, the first one included (DB57 art 19)."""
    return from_on + dt.timedelta(days=_count(days(book, "process.notice_days", from_on)) - 1)


def working_days_after(
    book: PolicyBook, calendar: WorkdayCalendar, key: str, start: dt.date
) -> Deadline:
    """The end of a period in working days, such as `process.letter_days`."""
    return calendar.add_workdays(start, _count(days(book, key, start)))


def _count(row: Row) -> int:
    if isinstance(row.value, tuple):
        raise TypeError(row.key)
    return row.value
