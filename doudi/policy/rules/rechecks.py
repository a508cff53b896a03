"""How often is a household looked at again? DB57 art 31; OP18 no 7 (R31): classes A, B, C."""

import datetime as dt
from collections.abc import Iterable

from doudi.kernel.periods import full_years, months_before
from doudi.policy.book import PolicyBook

WORKING_FROM, WORKING_UNTIL = 16, 60


def recheck_class(born: Iterable[dt.date], *, earns: bool, on: dt.date) -> str:
    """a: nobody of working age; c: somebody earns, so that it may change any month; b: others."""
    ages = [full_years(day, on) for day in born]
    if earns:
        return "c"
    return "b" if any(WORKING_FROM <= age < WORKING_UNTIL for age in ages) else "a"


def recheck_due(book: PolicyBook, klass: str, last: dt.date, on: dt.date) -> dt.date:
    """The day by which the next re-check is due, so many months after the last."""
    return months_before(last, -book.general(f"recheck.{klass}_months", on))
