"""撤销接收: as long as nothing of it was paid, the batch goes as it came.

Clause: DOUDI R32
Move:   running, taken -> undone      Right: the operator      Says: nothing
"""

import datetime as dt

from django.db import transaction
from django.db.models import ProtectedError

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.benefits.actions.remove_taken import remove_taken
from doudi.kernel.errors import Conflict, NotFound
from doudi.people.actions.remove_people import remove_people
from doudi.takeover.models import Batch
from doudi.upkeep.actions.take_in_plans import remove_plans


def undo(number: str, *, by: Actor, at: dt.datetime) -> Batch:
    """Conflict once a roll, even a draft, carries one of its awards, or anything hangs on one."""
    batch = Batch.objects.filter(number=number, state__in=("running", "taken")).first()
    if batch is None:
        raise NotFound("没有这个批次")
    ids = [pk for pk in batch.lines.values_list("award_id", flat=True) if pk]
    with transaction.atomic():
        remove_plans(ids)
        try:
            households, persons = remove_taken(batch.pk)
        except ProtectedError:
            raise Conflict("已有人在这一批的待遇上办了事，不能撤销") from None
        remove_people(households, persons, batch.at)
        batch.lines.update(award_id=None)
        batch.state, batch.undone_by, batch.undone_at = "undone", by.name, at
        batch.save()
        write(
            "takeover.undone",
            actor=by,
            subject=f"takeover:{batch.pk}",
            detail={"awards": len(ids)},
        )
    return batch
