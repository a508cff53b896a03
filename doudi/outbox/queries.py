"""What the health page says of events in flight and of the worker: counts and ages, no contents."""

import datetime as dt

from doudi.outbox.models import Event, WorkerBeat


def stuck_count() -> int:
    """Events that were given up after twelve attempts and wait for a person."""
    return Event.objects.filter(state="stuck").count()


def waiting_count() -> int:
    """Events not yet delivered to all of their reactions."""
    return Event.objects.filter(state="new").count()


def seconds_since_beat(real_at: dt.datetime) -> float | None:
    """Seconds since the worker last went round, at the real instant; None if it never did."""
    beat = WorkerBeat.objects.order_by("-at").first()
    return None if beat is None else (real_at - beat.at).total_seconds()
