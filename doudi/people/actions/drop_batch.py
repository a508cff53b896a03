"""放弃一批: what waits is thrown away, the file with it; also when its days are over.

Clause: PIPL 19 (no longer than needed), 47
Move:   waiting, checked, refused -> dropped      Right: people.import      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.attachments.bulk import discard_bulk
from doudi.audit.actor import SYSTEM, Actor
from doudi.audit.journal import write
from doudi.people.actions.check_import import clear
from doudi.people.flow import (
    CHECKED,
    CHECKING,
    DROPPED,
    REFUSED,
    TAKEN,
    UNDONE,
    WAITING,
    require_state,
)
from doudi.people.models import ImportBatch


def drop_batch(batch_id: UUID, *, by: Staff | Actor, at: dt.datetime) -> ImportBatch:
    """Nothing of it is left but its line in the list."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        if isinstance(by, Staff):
            for place in batch.places:
                require(by, "people.import", place)
        require_state("drop", batch.state, WAITING, CHECKING, CHECKED, REFUSED)
        stored = batch.stored_name
        clear(batch)
        batch.state, batch.stored_name = DROPPED, ""
        batch.save()
        write(
            "people.import_dropped",
            actor=actor_of(by),
            subject=f"import:{batch.pk}",
            chain=batch.places[0][:6],
        )
        transaction.on_commit(lambda: discard_bulk(stored))
    return batch


def expire_imports(*, at: dt.datetime) -> None:
    """Batches past their days: what was never taken in goes, and the files of all of them."""
    old = ImportBatch.objects.filter(expires_at__lt=at)
    for batch in old.filter(state__in=(WAITING, CHECKING, CHECKED, REFUSED)):
        drop_batch(batch.pk, by=SYSTEM, at=at)
    for batch in old.exclude(stored_name="", errors_name=""):
        if batch.state in (TAKEN, DROPPED, UNDONE):
            discard_bulk(batch.stored_name)
            discard_bulk(batch.errors_name)
            ImportBatch.objects.filter(pk=batch.pk).update(stored_name="", errors_name="")
