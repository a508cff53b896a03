"""Delivers each event to each of its reactions, once in effect, again after a failure."""

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string  # noqa: TID251  the one place that may

from doudi.clock.time import now, real_now
from doudi.outbox.announce import read_back
from doudi.outbox.models import Delivery, Event
from doudi.vault.scrub import scrub

log = logging.getLogger("doudi.outbox")
ATTEMPTS = 12
FIRST_PAUSE = dt.timedelta(seconds=5)
LONGEST_PAUSE = dt.timedelta(hours=1)


def reactions() -> dict[type, list[Any]]:
    """The table of reactions, found by its name in the settings because it stands above."""
    table: dict[type, list[Any]] = import_string(settings.DOUDI_REACTIONS)
    for kind, row in table.items():
        if len({reaction.__name__ for reaction in row}) < len(row):
            raise ValueError(f"two reactions to {kind.__name__} have the same name")
    return table


def deliver(limit: int = 100) -> int:
    """Takes up to `limit` due events in order; returns how many were finished."""
    due = Event.objects.filter(state="new", next_try_at__lte=real_now()).order_by("order")
    return sum(_deliver_one(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))


def retry_stuck() -> int:
    """Gives every event that was given up one more try; returns how many."""
    return Event.objects.filter(state="stuck").update(state="new", next_try_at=real_now())


def deliver_all(rounds: int = 50) -> int:
    """Delivers until nothing is due: what reactions announce is delivered as well."""
    total = 0
    for _ in range(rounds):
        done = deliver()
        total += done
        if not done:
            break
    return total


def _deliver_one(pk: Any) -> bool:
    """True when every reaction of the event has done its work."""
    event = Event.objects.get(pk=pk)
    table = reactions()
    kind = {kind.__name__: kind for kind in table}.get(event.kind)
    if kind is None:
        return _settle(event, [f"{event.kind} has no row in the table of reactions"])
    errors = [_react(event, kind, reaction) for reaction in table[kind]]
    return _settle(event, [error for error in errors if error])


def _react(event: Event, kind: Any, reaction: Any) -> str:
    """Runs one reaction together with its delivery row; the error in words, or nothing."""
    try:
        with transaction.atomic():
            _lock(event)
            row, fresh = Delivery.objects.get_or_create(
                event=event, reaction=reaction.__name__, defaults={"at": now()}
            )
            if fresh:
                reaction(read_back(kind, event.payload))
    except Exception as error:
        log.exception("reaction %s to %s failed", reaction.__name__, event.kind)
        return f"{reaction.__name__}: {type(error).__name__}: {error}"
    return ""


def _lock(event: Event) -> None:
    """Two workers never run the same event at once; SQLite has one writer anyway."""
    if connection.features.has_select_for_update:
        Event.objects.select_for_update().get(pk=event.pk)


def _settle(event: Event, errors: list[str]) -> bool:
    this = Event.objects.filter(pk=event.pk, state="new")  # another worker may have finished it
    if not errors:
        this.update(state="done", last_error="")
        return True
    attempts = event.attempts + 1
    pause = min(FIRST_PAUSE * 2**event.attempts, LONGEST_PAUSE)
    this.update(
        attempts=attempts,
        state="stuck" if attempts >= ATTEMPTS else "new",
        next_try_at=real_now() + pause,
        last_error=scrub("; ".join(errors))[:300],
    )
    return False
