"""继续呼叫: what nobody answered in time goes to the next; what nobody signed as well.

A call that was answered and then left lying is told to the county, once a day.

Clause: DOUDI R10
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.clock.time import CHINA
from doudi.urgent.actions.ring import ring, ring_about_visit, ring_to_sign
from doudi.urgent.flow import Stage
from doudi.urgent.models import Advance, HelpCall
from doudi.urgent.queries import left_lying


def ring_on(*, at: dt.datetime) -> int:
    """Every minute; returns how many were rung. A second run of the same minute rings nobody."""
    waiting = HelpCall.objects.filter(stage=Stage.RAISED.value)
    rung = sum(_next_for(pk, at) for pk in list(waiting.values_list("pk", flat=True)))
    unsigned = Advance.objects.filter(level="county", signed_at=None, turned_down_at=None)
    rung += sum(_next_to_sign(pk, at) for pk in list(unsigned.values_list("pk", flat=True)))
    left = left_lying(at.astimezone(CHINA).date())
    return rung + sum(_tell_the_county(pk, at) for pk in list(left.values_list("pk", flat=True)))


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


def _tell_the_county(call_id: UUID, at: dt.datetime) -> bool:
    """Once a day, while nobody has come, or has come and nothing was decided."""
    with transaction.atomic():
        call = HelpCall.objects.select_for_update().get(pk=call_id)
        on = at.astimezone(CHINA).date()
        if not left_lying(on).filter(pk=call.pk).exists() or _rings_still(call, "visit", at):
            return False
        return ring_about_visit(call, at=at) is not None


def _rings_still(call: HelpCall, about: str, at: dt.datetime) -> bool:
    """Somebody was asked and still has time."""
    return call.ringings.filter(about=about, answered_at=None, answer_by__gt=at).exists()
