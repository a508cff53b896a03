"""导入一批: from here on the worker moves it into the registers, household by household.

Asked twice it is one order. When it has arrived, or why not, stands on the batch.

Clause: DB57 art 7; PIPL 8
Move:   checked -> taking      Right: people.import      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import real_now
from doudi.kernel.errors import Conflict, Missing
from doudi.people.flow import CHECKED, OBSTACLES, OVERTAKEN, TAKING, require_state
from doudi.people.models import ImportBatch
from doudi.people.queries import overtaken


def take_in_batch(batch_id: UUID, *, by: Staff, at: dt.datetime) -> ImportBatch:
    """The batch under way; Conflict when somebody registered one of the people in between."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        for place in batch.places:
            require(by, "people.import", place)
        if batch.state == TAKING:
            return batch
        require_state("take_in", batch.state, CHECKED)
        if not batch.good:
            raise Missing(["没有可以导入的行"])
        if overtaken(batch):
            raise Conflict(OBSTACLES[OVERTAKEN])
        batch.state, batch.taken_at, batch.begun_at = TAKING, at, real_now()
        batch.share, batch.tries, batch.obstacle = 0, 0, ""
        batch.ended_by_id, batch.ended_by = str(by.pk), by.name
        batch.save()
        write(
            "people.import_taken",
            actor=actor_of(by),
            subject=f"import:{batch.pk}",
            chain=batch.places[0][:6],
            detail={"households": batch.households, "persons": batch.persons},
        )
    return batch
