"""撤回报名: a group no longer offers; what was agreed by the town is called off there.

Clause: DOUDI R27
Move:   none      Right: need.offer      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.support import flow
from doudi.support.actions.note import note
from doudi.support.models import Need, Offer
from doudi.support.queries import group_of, own_offer


def withdraw_offer(need_id: UUID, *, by: Staff, at: dt.datetime) -> Offer:
    """WrongStage once the town has matched it: then the town is to be called."""
    group = group_of(by)
    if group is None:
        raise NotAllowed("need.offer")
    with transaction.atomic():
        need = Need.objects.select_for_update().filter(pk=need_id, county=group.county).first()
        made = own_offer(group, need_id)
        if need is None or made is None:
            raise NotFound("没有这条帮扶信息")
        flow.require("withdraw_offer", need.state, flow.OPEN)
        made.withdrawn_at = at
        made.save()
        note("support.offer_withdrawn", need, by)
    return made
