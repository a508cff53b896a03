"""announce(): an event goes into the outbox with the deed it tells of."""

import dataclasses
import datetime as dt
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from django.db import connection

from doudi.clock.time import now, real_now
from doudi.outbox.models import Event

READERS: dict[Any, Any] = {
    UUID: UUID,
    dt.date: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
}


def announce(event: Any) -> Event:
    """Writes the event (a frozen dataclass of plain values); must run inside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("an event is announced in the same transaction as the deed")
    payload = {k: _as_json(v) for k, v in dataclasses.asdict(event).items()}
    real = real_now()
    return Event.objects.create(
        kind=type(event).__name__,
        payload=payload,
        at=now(),
        next_try_at=real,
        order=int(real.timestamp() * 1_000_000),
    )


def read_back(kind: type, payload: dict[str, Any]) -> Any:
    """The event again, by the annotations of its class."""
    hints = get_type_hints(kind)
    return kind(**{name: _as_was(hints.get(name), value) for name, value in payload.items()})


def _as_was(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    kinds = get_args(hint) if get_origin(hint) is UnionType else (hint,)
    reader = next((READERS[kind] for kind in kinds if kind in READERS), None)
    return reader(value) if reader else value


def _as_json(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value
