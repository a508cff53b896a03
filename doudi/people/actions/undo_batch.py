"""撤销一批: as if it had never been taken in, while nothing was built on it; with a reason.

Clause: PIPL 46, 47 (correct, delete)
Move:   taken -> undone      Right: people.import      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, Invalid
from doudi.people.flow import TAKEN, UNDO_REASONS, UNDONE, require_state
from doudi.people.models import GroupMembership, Household, ImportBatch, Membership, Person
from doudi.people.queries import built_on

BUILT_ON = "已有人在这一批的家庭或人员上办了事，不能整批撤销；请逐户办理变化"


def undo_batch(batch_id: UUID, why: str, *, by: Staff, at: dt.datetime) -> ImportBatch:
    """All of it or nothing; Conflict when a case, a benefit or another list stands on it."""
    if why not in UNDO_REASONS:
        raise Invalid({"why": "请选择撤销的理由"})
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
            for place in batch.places:
                require(by, "people.import", place)
            require_state("undo", batch.state, TAKEN)
            if built_on(batch):
                raise Conflict(BUILT_ON)
            for kind in (GroupMembership, Membership, Household, Person):
                # Not delete(): that would load every row to look for what hangs on it, and the
                # database's own keys refuse what built_on() could not see.
                rows = kind._default_manager.filter(batch=batch)
                rows._raw_delete(rows.db)  # type: ignore[attr-defined]
            batch.state, batch.undone_at, batch.undone_why = UNDONE, at, why
            batch.undone_by = by.name
            batch.save()
            write(
                "people.import_undone",
                actor=actor_of(by),
                subject=f"import:{batch.pk}",
                chain=batch.places[0][:6],
                detail={"why": why, "households": batch.households, "persons": batch.persons},
            )
    except IntegrityError:
        raise Conflict(BUILT_ON) from None
    return batch
