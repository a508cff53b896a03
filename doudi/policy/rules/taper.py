"""渐退: how does an award end after work lifts a household above the standard? (R11)"""

import datetime as dt

from doudi.kernel.periods import Month
from doudi.policy.book import PolicyBook, Row
from doudi.policy.quantity import share
from doudi.policy.rules.deadlines import days


def taper(book: PolicyBook, amount: int, start: Month, on: dt.date) -> dict[Month, int]:
    """Month → fen from `start` on, by the rule of the day `on`; afterwards nothing is due."""
    length = _whole(days(book, "taper.months", on))
    full = _whole(days(book, "taper.full_months", on))
    later = share(amount, _whole(days(book, "taper.later_share", on)))
    return {start.plus(n): amount if n < full else later for n in range(length)}


def _whole(row: Row) -> int:
    if isinstance(row.value, tuple):
        raise TypeError(row.key)
    return row.value
