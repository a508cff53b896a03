"""转介: no money from here, but somebody else helps: a rescue station, hospital, another office.

Clause: LS23 二(一); SI649 art 50 (people on the road)
Move:   TAKEN or VISITED -> REFERRED      Right: urgent.take      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid
from doudi.urgent.actions.move import locked, move
from doudi.urgent.models import FollowUp, HelpCall
from doudi.urgent.queries import days_after, living_advance


def refer(
    call_id: UUID, where: str, *, version: int | None, by: Staff, at: dt.datetime
) -> HelpCall:
    """Invalid without the place; Conflict while a proposal waits for a signature."""
    if not where.strip():
        raise Invalid({"where": "请写明转到哪里、找谁"})
    with transaction.atomic():
        call = locked(call_id, version)
        if living_advance(call):
            raise Conflict("先行救助还在等签批，请先退回再转介")
        move(call, "refer", by=by, at=at, note=where.strip())
        due = days_after("urgent.revisit_days", at.astimezone(CHINA).date())
        FollowUp.objects.get_or_create(call=call, kind="revisit", defaults={"due_on": due})
    return call
