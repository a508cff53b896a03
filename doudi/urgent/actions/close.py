"""办结求助: nothing is left to do, or it turned out that nothing was needed.

Clause: LS23 先行救助
Move:   -> CLOSED      Right: urgent.take      Says: HelpClosed
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.kernel.errors import Invalid, Missing
from doudi.outbox.announce import announce
from doudi.urgent.actions.move import locked, may_move, move
from doudi.urgent.events import HelpClosed
from doudi.urgent.models import Advance, HelpCall
from doudi.urgent.queries import living_advance


def close(
    call_id: UUID, reason: str, *, version: int | None, by: Staff, at: dt.datetime
) -> HelpCall:
    """Missing lists everything that stands open; Invalid without a reason."""
    if not reason.strip():
        raise Invalid({"reason": "请写明办结的情况"})
    with transaction.atomic():
        call = locked(call_id, version)
        may_move(call, "close", by)
        follow = call.follow_ups.filter(done_at=None).exists()
        left = left_open(living_advance(call), follow)
        if left:
            raise Missing(left)
        move(call, "close", by=by, at=at, note=reason.strip())
        call.ringings.filter(answered_at=None).update(answered_at=at)
        announce(HelpClosed(call.pk))
    return call


def left_open(advance: Advance | None, follow_open: bool) -> list[str]:
    """What must be done before a call may be closed."""
    gates = [(follow_open, "后续事项还没有办完")]
    if advance:
        gates = [
            (not advance.signed_at, "先行救助还在等签批"),
            (advance.waits_for_cash, "现金还没有交付"),
            (not advance.made_up_at, "手续还没有补齐"),
            (not advance.notice_from, "还没有公示"),
            *gates,
        ]
    return [sentence for shut, sentence in gates if shut]
