"""取消: what was promised will not come; the need waits for somebody else.

Clause: DOUDI R27
Move:   PROMISED, MISSING -> CANCELLED      Right: support.arrange      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.kernel.errors import NotFound
from doudi.support import flow
from doudi.support.actions.note import note, settle_need
from doudi.support.models import Part


def cancel_part(part_id: UUID, *, by: Staff, at: dt.datetime) -> Part:
    """WrongStage once it was delivered: then the household says whether it came."""
    with transaction.atomic():
        part = Part.objects.select_for_update().filter(pk=part_id).first()
        if part is None:
            raise NotFound("没有这条帮扶信息")
        require(by, "support.arrange", part.town)
        flow.require("cancel_part", part.state, flow.PROMISED, flow.MISSING)
        return cancelled(part, by, at)


def cancelled(part: Part, by: Staff, at: dt.datetime) -> Part:
    """The part called off and its need open again; the caller holds the row."""
    part.state, part.ended_at = flow.CANCELLED, at
    part.save()
    settle_need(part, flow.OPEN)
    note("support.cancelled", part, by)
    return part
