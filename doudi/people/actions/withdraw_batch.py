"""放弃中断的一批: what got in before it broke goes out again; then nothing of it is left.

An undo that broke cannot be given up: it can only be tried again.

Clause: PIPL 46, 47 (correct, delete)
Move:   taking, giving (given up) -> giving      Right: people.import      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import real_now
from doudi.kernel.errors import Conflict
from doudi.people.flow import BROKEN, BUILT_ON, GIVING, OBSTACLES, require_stuck
from doudi.people.models import ImportBatch
from doudi.people.queries import built_on


def withdraw_batch(batch_id: UUID, *, by: Staff, at: dt.datetime) -> ImportBatch:
    """The batch on its way out; Conflict when something stands on what got in."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        for place in batch.places:
            require(by, "people.import", place)
        require_stuck("withdraw", batch.state, stuck=batch.stuck and not batch.undone_why)
        if built_on(batch):
            raise Conflict(OBSTACLES[BUILT_ON])
        batch.state, batch.undone_at, batch.undone_why = GIVING, at, BROKEN
        batch.undone_by, batch.begun_at = by.name, real_now()
        batch.share, batch.tries, batch.obstacle = 0, 0, ""
        batch.save()
        write(
            "people.import_withdrawn",
            actor=actor_of(by),
            subject=f"import:{batch.pk}",
            chain=batch.places[0][:6],
            detail={"households": batch.households, "persons": batch.persons},
        )
    return batch
