"""How far long work is, and how much longer it will take: for a page that may be left."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpResponse

from doudi.clock.time import real_now

AGAIN = 3  # seconds until the page asks again


@dataclass(frozen=True)
class Progress:
    """`share` in percent; `left` in whole seconds, None while nothing can be said yet."""

    share: int
    left: int | None

    @property
    def minutes(self) -> int:
        """Whole minutes left, rounded up."""
        return -(-(self.left or 0) // 60)


def progress(share: float, begun_at: dt.datetime | None) -> Progress:
    """By the time that the work so far has taken."""
    share = min(max(share, 0.0), 1.0)
    if begun_at is None or share <= 0:
        return Progress(int(share * 100), None)
    spent = max((real_now() - begun_at).total_seconds(), 0.0)
    return Progress(int(share * 100), max(round(spent * (1 - share) / share), 1))


def again(response: HttpResponse) -> HttpResponse:
    """Asks the browser to look again, without a script."""
    response["Refresh"] = str(AGAIN)
    return response
