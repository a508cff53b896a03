"""Moves the demonstration's clock, forward only."""

import datetime as dt

from doudi.clock.models import DemoMark
from doudi.clock.time import now, real_now, refresh
from doudi.kernel.errors import Invalid, NotAllowed


def move_to(instant: dt.datetime) -> None:
    """Sets the shown time to `instant` (aware); NotAllowed off a demo, Invalid backwards."""
    if not refresh():
        raise NotAllowed("clock", "只有演示库可以移动时钟")
    started = DemoMark.objects.filter(shown_at__isnull=False).exists()
    if started and instant < now():
        raise Invalid({"to": "时钟只能向前走"})
    DemoMark.objects.update(real_at=real_now(), shown_at=instant)
    refresh()
