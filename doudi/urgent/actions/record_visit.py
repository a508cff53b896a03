"""记录上门: two people, or one with the reason why alone.

Clause: LS23 先行救助; DB57 art 16 (two people)
Move:   TAKEN -> VISITED      Right: urgent.visit      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import names_of
from doudi.kernel.errors import Invalid
from doudi.urgent.actions.move import locked, move
from doudi.urgent.models import HelpCall, HelpVisit


@dataclass(frozen=True)
class Found:
    """Who went when, and what they saw."""

    visited_at: dt.datetime
    visitor_ids: tuple[str, ...]
    alone_reason: str
    findings: str
    own_cost_fen: int | None = None


def record_visit(
    call_id: UUID, found: Found, *, version: int | None, by: Staff, at: dt.datetime
) -> HelpVisit:
    """Keeps the findings sealed; the cost seen there counts for the suggestion."""
    with transaction.atomic():
        call = locked(call_id, version)
        names = names_of(found.visitor_ids)
        _check(call, found, names, at)
        changes: dict[str, Any] = (
            {} if found.own_cost_fen is None else {"needed_fen": found.own_cost_fen}
        )
        move(call, "record_visit", by=by, at=at, **changes)
        call.ringings.filter(about="visit", answered_at=None).update(answered_at=at)
        return HelpVisit.objects.create(
            call=call,
            at=at,
            by_id=str(by.pk),
            by_name=by.name,
            visited_at=found.visited_at,
            visitors=[{"id": pk, "name": name} for pk, name in names.items()],
            alone_reason=found.alone_reason.strip(),
            findings={"text": found.findings.strip()},
        )


def _check(call: HelpCall, found: Found, names: dict[str, str], at: dt.datetime) -> None:
    wrong: dict[str, str] = {}
    if not names:
        wrong["visitors"] = "请选择上门的人"
    elif len(names) < 2 and not found.alone_reason.strip():
        wrong["alone_reason"] = "只有一人上门的，请写明原因"
    if not found.findings.strip():
        wrong["findings"] = "请写明看到的情况"
    if found.visited_at > at:
        wrong["visited_at"] = "上门时间不能晚于现在"
    elif found.visited_at < call.raised_at:
        wrong["visited_at"] = "上门时间不能早于求助时间"
    if wrong:
        raise Invalid(wrong)
