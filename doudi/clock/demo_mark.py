"""Whether this database is a demonstration; everything that exists only there asks here."""

import datetime as dt

from django.db import DatabaseError

from doudi.clock.models import DemoMark


def is_demo() -> bool:
    """True on a database built by `doudi demo`; False where there are no tables yet."""
    try:
        return DemoMark.objects.filter(pk=1).exists()
    except DatabaseError:
        return False


def mark_demo(seed: int, scale: str, at: dt.datetime) -> None:
    """Marks the database for good; there is no way back to a real one."""
    DemoMark.objects.create(pk=1, seed=seed, scale=scale, made_at=at)
