"""Guessing is slowed down, in the database, so that all processes count together (P12)."""

import datetime as dt

from doudi.clock.time import real_now
from doudi.kernel.errors import TooMany
from doudi.notices.models import Attempt
from doudi.vault.index import blind_index

MINUTE, HOUR, DAY = 60, 3600, 86_400
# kind: how often, within how many seconds
LIMITS: dict[str, tuple[int, int]] = {
    "code.minute": (1, MINUTE),
    "code.phone": (8, HOUR),
    "code.address": (60, HOUR),
    "guess.phone": (20, HOUR),
    "guess.address": (120, HOUR),
    "track.address": (60, HOUR),
    "help.address": (30, HOUR),
    "help.phone": (5, HOUR),
    "machine.address": (60, HOUR),
    "object.address": (10, DAY),
    "complain.address": (10, DAY),
    "tip.address": (10, DAY),
}
# Counted by the day, under a mark of that day: no row tells the minute of an objection or a
# complaint, and none can be laid beside what the same address did elsewhere.
UNTRACEABLE = ("object.address", "complain.address", "tip.address")


def count(kind: str, who: str) -> None:
    """Counts one attempt of `who` (a phone or an address); TooMany says when to come again."""
    most, seconds = LIMITS[kind]
    at = real_now()
    if kind in UNTRACEABLE:
        at = at.replace(hour=0, minute=0, second=0, microsecond=0)
        who = f"{kind} {at.date()} {who}"
        Attempt.objects.filter(kind=kind, at__lt=at).delete()
    since = at - dt.timedelta(seconds=seconds)
    mine = Attempt.objects.filter(kind=kind, who_index=blind_index("token", who))
    recent = list(mine.filter(at__gt=since).order_by("at").values_list("at", flat=True))
    if len(recent) >= most:
        again = recent[-most] + dt.timedelta(seconds=seconds)
        raise TooMany(max(int((again - at).total_seconds()) + 1, 1))
    mine.filter(at__lte=since).delete()
    Attempt.objects.create(kind=kind, who_index=blind_index("token", who), at=at)
