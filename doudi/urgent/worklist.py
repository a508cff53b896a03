"""What waits, the most pressing first: the desk's list of open calls for help."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from doudi.accounts.models import Staff
from doudi.clock.time import CHINA
from doudi.urgent.flow import Stage
from doudi.urgent.models import Advance, FollowUp, HelpCall, Ringing
from doudi.urgent.queries import OPEN_STAGES, calls, minutes_left, pack

SHOWN = 100


@dataclass(frozen=True)
class Row:
    """One line of the desk's list, the most pressing first."""

    call: HelpCall
    what: str  # ring | sign | cash | visit | decide | papers | follow | none
    left: int  # minutes for ring and sign, days for the rest; negative is late
    who: str = ""


def board(staff: Staff, at: dt.datetime) -> list[Row]:
    """Every open call in scope with what it waits for; four queries."""
    found = list(calls(staff).filter(stage__in=OPEN_STAGES).order_by("raised_at")[:SHOWN])
    keys = [c.pk for c in found]
    rings = {r.call_id: r for r in _open_rings(keys)}
    advances = {a.call_id: a for a in Advance.objects.filter(call__in=keys, turned_down_at=None)}
    follow = {f.call_id: f for f in FollowUp.objects.filter(call__in=keys, done_at=None)[::-1]}
    rows = [_row(c, rings.get(c.pk), advances.get(c.pk), follow.get(c.pk), at) for c in found]
    return sorted(rows, key=lambda r: (URGENCY.index(r.what), r.left))


URGENCY = ("ring", "sign", "cash", "visit", "decide", "papers", "follow", "none")


def _open_rings(keys: list[UUID]) -> list[Ringing]:
    rows = Ringing.objects.filter(call__in=keys, answered_at=None)
    return list(rows.order_by("round"))


def _row(
    call: HelpCall,
    ring: Ringing | None,
    advance: Advance | None,
    follow: FollowUp | None,
    at: dt.datetime,
) -> Row:
    on = at.astimezone(CHINA).date()
    if call.stage == Stage.RAISED:
        by = ring.answer_by if ring else call.raised_at
        return Row(call, "ring", minutes_left(by, at), ring.officer_name if ring else "")
    if advance and advance.signed_at is None:
        return Row(call, "sign", minutes_left(advance.sign_by, at), advance.level)
    if advance and advance.waits_for_cash:
        return Row(call, "cash", 0, call.taken_by)
    if call.stage == Stage.TAKEN:
        return Row(call, "visit", (call.visit_due_on - on).days, call.taken_by)
    if call.stage == Stage.VISITED and advance is None:
        return Row(call, "decide", (call.visit_due_on - on).days, call.taken_by)
    if advance and advance.papers_due_on and advance.made_up_at is None:
        left = pack().calendar.workdays_between(on, advance.papers_due_on)
        return Row(call, "papers", left, call.taken_by)
    if follow:
        return Row(call, "follow", (follow.due_on - on).days, call.taken_by)
    return Row(call, "none", 0, call.taken_by)
