"""继续呼叫: what nobody answered in time goes to the next; what nobody signed as well.

Clause: DOUDI R10
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.urgent.actions.ring import ring, ring_to_sign
from doudi.urgent.flow import Stage
from doudi.urgent.models import Advance, HelpCall


def ring_on(*, at: dt.datetime) -> int:
    """Every minute; returns how many were rung. A second run of the same minute rings nobody."""
    waiting = HelpCall.objects.filter(stage=Stage.RAISED.value)
    rung = sum(_next_for(pk, at) for pk in list(waiting.values_list("pk", flat=True)))
    unsigned = Advance.objects.filter(level="county", signed_at=None, turned_down_at=None)
    return rung + sum(_next_to_sign(pk, at) for pk in list(unsigned.values_list("pk", flat=True)))


def _next_for(call_id: UUID, at: dt.datetime) -> bool:
    with transaction.atomic():
        call = HelpCall.objects.select_for_update().get(pk=call_id)
        if call.stage != Stage.RAISED or _rings_still(call, "call", at):
            return False
        return ring(call, at=at) is not None


def _next_to_sign(advance_id: UUID, at: dt.datetime) -> bool:
    with transaction.atomic():
        advance = Advance.objects.select_for_update().select_related("call").get(pk=advance_id)
        done = advance.signed_at or advance.turned_down_at
        if done or _rings_still(advance.call, "sign", at):
            return False
        return ring_to_sign(advance, at=at) is not None


def _rings_still(call: HelpCall, about: str, at: dt.datetime) -> bool:
    """Somebody was asked and still has time."""
    return call.ringings.filter(about=about, answered_at=None, answer_by__gt=at).exists()
