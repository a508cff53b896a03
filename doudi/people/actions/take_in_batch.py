"""导入一批: everything that was staged becomes part of the registers, household by household.

Clause: DB57 art 7; PIPL 8
Move:   checked -> taking -> taken      Right: people.import      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import real_now
from doudi.kernel.errors import Conflict, Missing
from doudi.people.actions.move_pieces import carry_on
from doudi.people.flow import CHECKED, TAKEN, TAKING, require_state
from doudi.people.models import ImportBatch
from doudi.people.queries import overtaken

OVERTAKEN = "检查之后有人登记了同样的人，这一批一行也没有导入；请重新上传检查"


def take_in_batch(batch_id: UUID, *, by: Staff, at: dt.datetime) -> ImportBatch:
    """All of it or nothing; Conflict when somebody registered one of the people in between."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        for place in batch.places:
            require(by, "people.import", place)
        require_state("take_in", batch.state, CHECKED)
        if not batch.good:
            raise Missing(["没有可以导入的行"])
        if overtaken(batch):
            raise Conflict(OVERTAKEN)
        batch.state, batch.taken_at, batch.begun_at = TAKING, at, real_now()
        batch.ended_by_id, batch.ended_by = str(by.pk), by.name
        batch.save()
        write(
            "people.import_taken",
            actor=actor_of(by),
            subject=f"import:{batch.pk}",
            chain=batch.places[0][:6],
            detail={"households": batch.households, "persons": batch.persons},
        )
    if carry_on(batch.pk) != TAKEN:
        raise Conflict(OVERTAKEN)
    batch.refresh_from_db()
    return batch
