"""By when? National and local clocks (R12); every number of days is a parameter."""

import datetime as dt
from dataclasses import dataclass

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


@dataclass(frozen=True)
class National:
    """The nation's own days for a case: to start, to decide, and at most where it is hard."""

    investigate_by: dt.date
    verify_by: dt.date
    decide_by: dt.date
    hard_by: dt.date
    hard_days: int


def national(book: PolicyBook, calendar: WorkdayCalendar, accepted: dt.date) -> National:
    """Counted from the day after acceptance, through every pause (DB57 arts 15, 17, 22; NT22 4(1)).

    The verification is asked for at acceptance, so its start counts from that day too.
    """

    def by(key: str) -> dt.date:
        return working_days_after(book, calendar, key, accepted).on

    return National(
        by("process.investigation_start_days"),
        by("process.verification_start_days"),
        by("process.national_days"),
        by("process.hard_case_days"),
        book.general("process.hard_case_days", accepted),
    )


def notice_until(book: PolicyBook, published: dt.date) -> dt.date:
    """The last day of a public notice (DB57 art 19): calendar days after that of publication."""
    return published + dt.timedelta(days=book.general("process.notice_days", published))


def working_days_after(
    book: PolicyBook, calendar: WorkdayCalendar, key: str, start: dt.date
) -> Deadline:
    """The end of a period in working days, such as `process.letter_days`."""
    return calendar.add_workdays(start, book.general(key, start))
