"""接听: an officer answers the call and tells when somebody comes.

Clause: LS23 先行救助
Move:   RAISED -> TAKEN      Right: urgent.take      Says: HelpTaken
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.outbox.announce import announce
from doudi.urgent.actions.move import locked, move
from doudi.urgent.events import HelpTaken
from doudi.urgent.models import HelpCall

Json = dict[str, Any]


def take(call_id: UUID, *, version: int | None, by: Staff, at: dt.datetime) -> HelpCall:
    """Whoever answers has the call; all ringing stops."""
    with transaction.atomic():
        call = locked(call_id, version)
        mine: Json = {"taken_at": at, "taken_by_id": str(by.pk), "taken_by": by.name}
        move(call, "take", by=by, at=at, **mine)
        call.ringings.filter(about="call", answered_at=None).update(answered_at=at)
        announce(HelpTaken(call.pk))
    return call
