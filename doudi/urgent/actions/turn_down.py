"""退回先行救助: the signer sends a proposal back with the reason; the call stays open.

Clause: LS23 先行救助
Move:   stays      Right: urgent.sign_town or urgent.sign_county      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import may, require
from doudi.kernel.errors import Invalid
from doudi.urgent.actions.move import move
from doudi.urgent.actions.sign import waiting
from doudi.urgent.models import Advance


def turn_down(
    advance_id: UUID, reason: str, *, version: int | None, by: Staff, at: dt.datetime
) -> Advance:
    """Another proposal may follow; Invalid without a reason."""
    if not reason.strip():
        raise Invalid({"reason": "请写明退回的理由"})
    with transaction.atomic():
        advance = waiting(advance_id, version)
        call = advance.call
        if not may(by, "urgent.sign_county", call.town):
            require(by, "urgent.sign_town", call.town)
        move(call, "turn_down", by=by, at=at)
        advance.turned_down_by, advance.turned_down_at = by.name, at
        advance.turned_down_why = reason.strip()
        advance.save(update_fields=["turned_down_by", "turned_down_at", "turned_down_why"])
        call.ringings.filter(about="sign", answered_at=None).update(answered_at=at)
    return advance
