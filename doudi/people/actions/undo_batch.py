"""撤销一批: as if it had never been taken in, while nothing was built on it; with a reason.

From here on the worker moves it back; asked twice it is one order.

Clause: PIPL 46, 47 (correct, delete)
Move:   taken -> giving      Right: people.import      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import real_now
from doudi.kernel.errors import Conflict, Invalid
from doudi.people.flow import BUILT_ON, GIVING, OBSTACLES, TAKEN, UNDO_REASONS, require_state
from doudi.people.models import ImportBatch
from doudi.people.queries import built_on


def undo_batch(batch_id: UUID, why: str, *, by: Staff, at: dt.datetime) -> ImportBatch:
    """The batch under way; Conflict when a case, a benefit or another list stands on it."""
    if why not in UNDO_REASONS:
        raise Invalid({"why": "请选择撤销的理由"})
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        for place in batch.places:
            require(by, "people.import", place)
        if batch.state == GIVING:
            return batch
        require_state("undo", batch.state, TAKEN)
        if built_on(batch):
            raise Conflict(OBSTACLES[BUILT_ON])
        batch.state, batch.undone_at, batch.undone_why = GIVING, at, why
        batch.undone_by, batch.begun_at = by.name, real_now()
        batch.share, batch.tries, batch.obstacle = 0, 0, ""
        batch.save()
        write(
            "people.import_undone",
            actor=actor_of(by),
            subject=f"import:{batch.pk}",
            chain=batch.places[0][:6],
            detail={"why": why, "households": batch.households, "persons": batch.persons},
        )
    return batch
