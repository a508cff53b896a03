"""没有收到: the household says that it did not come; the town looks after it.

Clause: DOUDI R27
Move:   PROMISED, DELIVERED -> MISSING      Right: the applicant; support.arrange      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.audit.actor import Actor
from doudi.kernel.errors import NotFound
from doudi.support import flow
from doudi.support.actions.note import note, require_own, settle_need
from doudi.support.models import Part


def miss_part(part_id: UUID, *, by: Staff | Actor, at: dt.datetime) -> Part:
    """The need is open again, so that somebody else may meet it."""
    with transaction.atomic():
        rows = Part.objects.select_for_update(of=("self",)).filter(pk=part_id)
        part = rows.select_related("case__application").first()
        if part is None:
            raise NotFound("没有这条帮扶信息")
        if isinstance(by, Staff):
            require(by, "support.arrange", part.town)
        else:
            require_own(part.case, by, "support.receive")
        flow.require("miss_part", part.state, flow.PROMISED, flow.DELIVERED)
        part.state, part.ended_at = flow.MISSING, at
        part.save()
        settle_need(part, flow.OPEN)
        note("support.missing", part, by)
    return part
