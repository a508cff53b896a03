"""移动求助: the one place where a call's stage changes; every verb goes through it.

Clause: LS23 先行救助; the table in urgent/flow.py
Move:   whichever the caller names      Right: that of the move in urgent/flow.py      Says: nothing
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, NotAllowed, NotFound
from doudi.urgent.flow import MOVES, Stage, moved
from doudi.urgent.models import HelpCall, HelpStep

By = Staff | Actor
OVERTAKEN = "别人刚刚办理过这条求助，请看过最新情况再提交"


def locked(call_id: UUID, version: int | None = None) -> HelpCall:
    """The call, held until the transaction ends; Conflict when `version` is not the newest."""
    call = HelpCall.objects.select_for_update().filter(pk=call_id).first()
    if call is None:
        raise NotFound("没有这条求助")
    if version is not None and call.version != version:
        raise Conflict(OVERTAKEN)
    return call


def may_move(call: HelpCall, name: str, by: By) -> None:
    """NotAllowed unless `by` holds the move's right there; WrongStage unless it is legal."""
    right = MOVES[name].right
    if isinstance(by, Staff):
        require(by, right, call.town)
    elif by.kind != "system":
        raise NotAllowed(right)
    moved(name, call.stage)


def move(
    call: HelpCall, name: str, *, by: By, at: dt.datetime, note: str = "", **changes: Any
) -> HelpCall:
    """Moves a held call and records step and journal, inside the transaction of the deed."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a call moves in the transaction of the deed")
    may_move(call, name, by)
    stage = moved(name, call.stage)
    ended = {"ended_at": at} if stage == Stage.CLOSED else {}
    values = {"stage": stage.value, "version": call.version + 1, **ended, **changes}
    if not HelpCall.objects.filter(pk=call.pk, version=call.version).update(**values):
        raise Conflict(OVERTAKEN)
    for field, value in values.items():
        setattr(call, field, value)
    record(call, name, by=by, at=at, note=note)
    return call


def record(call: HelpCall, name: str, *, by: By, at: dt.datetime, note: str = "") -> None:
    """One line of the timeline and one of the journal; no names of residents in either."""
    actor = actor_of(by)
    HelpStep.objects.create(
        call=call,
        at=at,
        by_id=actor.id,
        by_name=actor.name,
        order=call.version,
        move=name,
        stage=call.stage,
        note=note[:400],
    )
    write(f"urgent.{name}", actor=actor, subject=f"help:{call.pk}", chain=call.county)
