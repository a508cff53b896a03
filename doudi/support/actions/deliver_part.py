"""已送到: who gives says that it was brought; it counts once the household says so too.

Clause: DOUDI R27
Move:   PROMISED -> DELIVERED      Right: the group itself; support.arrange      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import may
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.support import flow
from doudi.support.actions.note import note
from doudi.support.models import Part
from doudi.support.queries import group_of


def deliver_part(part_id: UUID, *, by: Staff, at: dt.datetime) -> Part:
    """NotFound for a part that is neither of the own group nor of the own town."""
    with transaction.atomic():
        rows = Part.objects.select_for_update(of=("self",)).filter(pk=part_id)
        part = rows.select_related("offer").first()
        group = group_of(by)
        own = bool(part and group and part.offer and part.offer.group_id == group.pk)
        if part is None or not (own or may(by, "support.arrange", part.town)):
            raise NotFound("没有这条帮扶信息")
        flow.require("deliver_part", part.state, flow.PROMISED)
        part.state, part.delivered_by = flow.DELIVERED, by.name
        part.delivered_on = at.astimezone(CHINA).date()
        part.save()
        note("support.delivered", part, by)
    return part
