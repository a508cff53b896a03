"""By when? National and local clocks (R12); every number of days is a parameter."""

import datetime as dt

from doudi.kernel.workdays import Deadline, WorkdayCalendar
from doudi.policy.book import PolicyBook


def due_on(
    book: PolicyBook, calendar: WorkdayCalendar, accepted: dt.date, paused: int = 0
) -> Deadline:
    """The last day to decide, with `paused` working days during which the clock stood.

    Counted from the day after acceptance; by the rule of the acceptance day (NT22 4(1)).
    """
    days = book.general("process.total_days", accepted)
    return calendar.add_workdays(accepted, days + paused)


def notice_until(book: PolicyBook, published: dt.date) -> dt.date:
    """The last day of a public notice (DB57 art 19): calendar days after that of publication."""
    return published + dt.timedelta(days=book.general("process.notice_days", published))


def working_days_after(
    book: PolicyBook, calendar: WorkdayCalendar, key: str, start: dt.date
) -> Deadline:
    """The end of a period in working days, such as `process.letter_days`."""
    return calendar.add_workdays(start, book.general(key, start))
