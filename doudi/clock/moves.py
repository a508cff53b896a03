"""Moves the demonstration's clock, forward only."""

import datetime as dt

from doudi.clock.demo_mark import is_demo
from doudi.clock.models import ClockState
from doudi.clock.time import now, real_now, refresh
from doudi.kernel.errors import Invalid, NotAllowed


def move_to(instant: dt.datetime) -> None:
    """Sets the shown time to `instant` (aware); NotAllowed off a demo, Invalid backwards."""
    if not is_demo():
        raise NotAllowed("clock", "只有演示库可以移动时钟")
    refresh()
    started = ClockState.objects.filter(pk=1).exists()
    if started and instant < now():
        raise Invalid({"to": "时钟只能向前走"})
    ClockState.objects.update_or_create(pk=1, defaults={"real_at": real_now(), "shown_at": instant})
    refresh()


def move_days(days: int) -> None:
    """The same hour, `days` later."""
    move_to(now() + dt.timedelta(days=days))
