"""收回需求: the consent is withdrawn; at once nobody outside the office sees it any more.

Clause: PIPL art 15
Move:   OPEN, MATCHED -> TAKEN_BACK      Right: the applicant; support.arrange      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.audit.actor import Actor
from doudi.kernel.errors import NotFound
from doudi.support import flow
from doudi.support.actions.note import note, require_own
from doudi.support.models import Need, Part


def take_back_need(need_id: UUID, *, by: Staff | Actor, at: dt.datetime) -> Need:
    """What is promised and not delivered is called off; what came already stays on record."""
    with transaction.atomic():
        rows = Need.objects.select_for_update(of=("self",)).filter(pk=need_id)
        need = rows.select_related("case__application").first()
        if need is None:
            raise NotFound("没有这条帮扶信息")
        if isinstance(by, Staff):
            require(by, "support.arrange", need.town)
        else:
            require_own(need.case, by, "support.arrange")
        flow.require("take_back_need", need.state, flow.OPEN, flow.MATCHED)
        Part.objects.filter(need=need, state=flow.PROMISED).update(
            state=flow.CANCELLED, ended_at=at
        )
        need.state = flow.TAKEN_BACK
        need.save()
        note("support.need_taken_back", need, by)
    return need
