"""退回: the bank sent an advance back; whoever has the call is told, and it is paid in cash.

Clause: LS23 先行救助 (the money is there before the papers, or it is no relief)
Move:   -> HELPED      Right: called by a reaction      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.urgent.actions.move import locked, move
from doudi.urgent.actions.tell import tell_taker
from doudi.urgent.models import Advance


def record_return(advance_id: UUID, reason: str, *, at: dt.datetime) -> None:
    """Once; a call that was closed in between is open again until the money has come."""
    with transaction.atomic():
        call = locked(Advance.objects.get(pk=advance_id).call_id)
        advance = Advance.objects.select_for_update().get(pk=advance_id)
        if advance.returned_at:
            return
        move(call, "record_return", by=SYSTEM, at=at, note=reason, ended_at=None)
        advance.returned_at, advance.returned_why = at, reason[:60]
        advance.save(update_fields=["returned_at", "returned_why"])
        tell_taker(advance)
