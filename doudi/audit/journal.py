"""write(): one line of the journal, in the transaction of the deed it tells of."""

import datetime as dt
from typing import Any

from django.db import connection, transaction

from doudi.audit.actor import Actor
from doudi.audit.chain import FIELDS, beginning, entry_hash
from doudi.audit.models import Entry, Head
from doudi.clock.time import now
from doudi.vault.scrub import PERSONAL

CITY = "610700"


class PersonalValue(ValueError):
    """The journal is read by many: no ID number, phone or account may stand in it."""


def write(
    action: str,
    *,
    actor: Actor,
    subject: str,
    chain: str = CITY,
    purpose: str = "",
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Appends to `chain` (six digits of a county, or of the city) and returns the entry.

    Must run inside a transaction; raises PersonalValue for what looks like a personal number.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the journal is written in the same transaction as the deed")
    entry = Entry(
        chain=chain[:6],
        at=now(),
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        action=action,
        subject=subject,
        purpose=purpose[:200],
        detail=detail or {},
    )
    _refuse_personal(entry)
    head = _locked_head(entry.chain)
    entry.seq, entry.prev_hash = head.seq + 1, head.hash
    entry.hash = entry_hash(as_values(entry), head.hash)
    entry.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(seq=entry.seq, hash=entry.hash)
    return entry


def as_values(entry: Entry) -> dict[str, Any]:
    """The hashed fields as plain values."""
    values = {name: getattr(entry, name) for name in FIELDS}
    return values | {"at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")}


def _locked_head(chain: str) -> Head:
    head = Head.objects.select_for_update().filter(pk=chain).first()
    if head is None:
        with transaction.atomic():
            Head.objects.get_or_create(pk=chain, defaults={"hash": beginning(chain)})
        head = Head.objects.select_for_update().get(pk=chain)
    return head


def _refuse_personal(entry: Entry) -> None:
    text = f"{entry.subject} {entry.purpose} {entry.detail} {entry.actor_id}"
    if PERSONAL.search(text):
        raise PersonalValue(f"{entry.action}: a personal number may not stand in the journal")
