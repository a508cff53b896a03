"""后续: a proposal is done, or not needed, with a word about it.

Clause: LS23 二(一); OP18 四
Move:   stays      Right: urgent.papers      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.kernel.errors import Invalid, NotFound, WrongStage
from doudi.urgent.actions.move import locked, move
from doudi.urgent.models import FollowUp


def follow_up(
    follow_id: UUID, note: str, *, version: int | None, by: Staff, at: dt.datetime
) -> FollowUp:
    """Once each; Invalid without a note."""
    if not note.strip():
        raise Invalid({"note": "请写明怎么办的，或为什么不用办"})
    with transaction.atomic():
        found = FollowUp.objects.filter(pk=follow_id).first()
        if found is None:
            raise NotFound("没有这一项")
        call = locked(found.call_id, version)
        found.refresh_from_db()
        if found.done_at:
            raise WrongStage("follow_up", call.stage, "这一项已经办过了")
        move(call, "follow_up", by=by, at=at, note=found.kind)
        found.done_at, found.done_by, found.note = at, by.name, note.strip()[:400]
        found.save(update_fields=["done_at", "done_by", "note"])
    return found
