"""now() and today(): in China's time, moved only on a demo database."""

import datetime as dt
import time
from zoneinfo import ZoneInfo

from doudi.clock.models import DemoMark

CHINA = ZoneInfo("Asia/Shanghai")


class _Ahead:
    """How far the shown clock stands from the real one, cached in this process."""

    by = dt.timedelta(0)


def real_now() -> dt.datetime:
    """The machine's instant, in China's time."""
    return dt.datetime.fromtimestamp(time.time(), CHINA)


def now() -> dt.datetime:
    """The instant that counts: aware, in China's time."""
    return real_now() + _Ahead.by


def today() -> dt.date:
    """The day that counts, in China."""
    return now().date()


def refresh() -> bool:
    """Reads the moved clock again; each request and each round of the worker begins with it.

    Returns whether this is a demonstration: nowhere else does the clock move.
    """
    mark = DemoMark.objects.filter(pk=1).first()
    _Ahead.by = dt.timedelta(0)
    if mark and mark.shown_at and mark.real_at:
        _Ahead.by = mark.shown_at - mark.real_at
    return mark is not None


def forget() -> None:
    """Back to the real clock in this process, until the next refresh()."""
    _Ahead.by = dt.timedelta(0)
