"""渐退: how does an award end after work lifts a household above the standard? (R11)"""

import datetime as dt

from doudi.kernel.periods import Month
from doudi.policy.book import PolicyBook
from doudi.policy.quantity import share


def taper(book: PolicyBook, amount: int, start: Month, on: dt.date) -> dict[Month, int]:
    """Month → fen from `start` on, by the rule of the day `on`; afterwards nothing is due."""
    length = book.general("taper.months", on)
    full = book.general("taper.full_months", on)
    later = share(amount, book.general("taper.later_share", on))
    return {start.plus(n): amount if n < full else later for n in range(length)}
