"""再试一次: a batch that the worker gave up goes on where it stopped.

Clause: DB57 art 7; PIPL 8
Move:   taking, giving (given up) -> the same      Right: people.import      Says: nothing
"""

from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import real_now
from doudi.people.flow import require_stuck
from doudi.people.models import ImportBatch


def try_batch_again(batch_id: UUID, *, by: Staff) -> ImportBatch:
    """The batch under way once more; asked twice it is one order."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        for place in batch.places:
            require(by, "people.import", place)
        require_stuck("again", batch.state, stuck=batch.stuck)
        batch.tries, batch.begun_at = 0, real_now()
        batch.save(update_fields=["tries", "begun_at"])
        write(
            "people.import_again",
            actor=actor_of(by),
            subject=f"import:{batch.pk}",
            chain=batch.places[0][:6],
            detail={"now": batch.state},
        )
    return batch
