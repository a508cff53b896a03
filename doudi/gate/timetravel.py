"""Moves the demonstration's clock, journals it, and runs what falls due on the way."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from doudi.audit import journal
from doudi.audit.actor import SYSTEM
from doudi.clock.moves import move_to
from doudi.clock.time import CHINA, now
from doudi.kernel.errors import Invalid
from doudi.outbox.deliver import deliver_all
from doudi.outbox.schedule import tick
from doudi.policy.pack import load_pack

MORNING = dt.time(8, 0)
FARTHEST = dt.timedelta(days=366)


@dataclass(frozen=True)
class Ran:
    """What happened after the move: which schedules ran how often, and how many events."""

    schedules: dict[str, int]
    events: int


def target(word: str, on: dt.date | None) -> dt.datetime:
    """The instant for `day` or `workday` (the next one, at eight) or `date` (the day given)."""
    today = now().date()
    if word == "workday":
        calendar = load_pack(settings.DOUDI_PACK_DIR).calendar
        return dt.datetime.combine(calendar.add_workdays(today, 1).on, MORNING, CHINA)
    day = on if word == "date" and on else today + dt.timedelta(days=1)
    instant = dt.datetime.combine(day, MORNING, CHINA)
    if instant - now() > FARTHEST:
        raise Invalid({"on": _("一次最多向前一年")})
    return instant


def travel(instant: dt.datetime) -> Ran:
    """Moves to `instant`; raises NotAllowed off a demonstration and Invalid backwards."""
    before = now()
    with transaction.atomic():
        move_to(instant)
        journal.write(
            "clock.moved",
            actor=SYSTEM,
            subject="clock",
            detail={"from": before.isoformat(), "to": instant.isoformat()},
        )
    ran: dict[str, int] = {}
    for name in tick(now()):
        ran[name] = ran.get(name, 0) + 1
    return Ran(ran, deliver_all())
