"""撤销一批: as if it had never been taken in, while nothing was built on it; with a reason.

Clause: PIPL 46, 47 (correct, delete)
Move:   taken -> giving -> undone      Right: people.import      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import real_now
from doudi.kernel.errors import Conflict, Invalid
from doudi.people.actions.move_pieces import carry_on
from doudi.people.flow import GIVING, TAKEN, UNDO_REASONS, UNDONE, require_state
from doudi.people.models import ImportBatch
from doudi.people.queries import built_on

BUILT_ON = "已有人在这一批的家庭或人员上办了事，不能整批撤销；请逐户办理变化"


def undo_batch(batch_id: UUID, why: str, *, by: Staff, at: dt.datetime) -> ImportBatch:
    """All of it or nothing; Conflict when a case, a benefit or another list stands on it."""
    if why not in UNDO_REASONS:
        raise Invalid({"why": "请选择撤销的理由"})
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        for place in batch.places:
            require(by, "people.import", place)
        require_state("undo", batch.state, TAKEN)
        if built_on(batch):
            raise Conflict(BUILT_ON)
        batch.state, batch.undone_at, batch.undone_why = GIVING, at, why
        batch.undone_by, batch.begun_at = by.name, real_now()
        batch.save()
        write(
            "people.import_undone",
            actor=actor_of(by),
            subject=f"import:{batch.pk}",
            chain=batch.places[0][:6],
            detail={"why": why, "households": batch.households, "persons": batch.persons},
        )
    if carry_on(batch.pk) != UNDONE:
        raise Conflict(BUILT_ON)
    batch.refresh_from_db()
    return batch
