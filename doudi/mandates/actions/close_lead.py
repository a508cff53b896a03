"""线索结果: what became of a household that was found; never closed without an outcome.

Clause: ux.md F18; SI649 art 17
Move:   OPEN -> APPLIED, NOT_WANTED, URGENT, ELSEWHERE      Right: lead.close      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.queries import case_by_number
from doudi.kernel.errors import Invalid, NotFound
from doudi.mandates.actions.call_help import call_help
from doudi.mandates.flow import APPLIED, OUTCOMES, URGENT, require_open
from doudi.mandates.models import Lead


@dataclass(frozen=True)
class Outcome:
    """What became of it: its kind, the reason in words, and the case's number where one applied."""

    kind: str
    reason: str = ""
    number: str = ""


def close_lead(lead_id: UUID, outcome: Outcome, *, by: Staff, at: dt.datetime) -> Lead:
    """Once. Invalid without a reason, or where the case is not of the lead's own town."""
    with transaction.atomic():
        lead = Lead.objects.select_for_update().filter(pk=lead_id).first()
        if lead is None:
            raise NotFound("没有这条线索")
        require(by, "lead.close", lead.village_id)
        require_open(lead.state)
        lead.reason = _checked(outcome)
        if outcome.kind == APPLIED:
            lead.case = _case(outcome.number, lead.town)
        if outcome.kind == URGENT:
            spot, what = lead.spot.open() or "", lead.what.open() or ""
            lead.call = call_help(lead, spot, what, by=by, at=at)
        lead.state, lead.closed_at = outcome.kind, at
        lead.closed_by_id, lead.closed_by = str(by.pk), by.name
        lead.save()
        write(
            "lead.closed",
            actor=actor_of(by),
            subject=f"lead:{lead.pk}",
            chain=lead.county,
            detail={"state": lead.state},
        )
    return lead


def _checked(outcome: Outcome) -> str:
    reason, wrong = outcome.reason.strip(), {}
    if outcome.kind not in OUTCOMES:
        wrong["kind"] = "请选一个结果"
    if not 2 <= len(reason) <= 300 and outcome.kind not in (APPLIED, URGENT):
        wrong["reason"] = "请写明原因或转到了哪里（2至300个字）"
    if outcome.kind == APPLIED and not outcome.number.strip():
        wrong["number"] = "请填办件编号"
    if wrong:
        raise Invalid(wrong)
    return reason


def _case(number: str, town: str) -> Any:
    """The case of the number in this town; one elsewhere answers like an unknown one."""
    try:
        found = case_by_number("".join(number.split()))
    except NotFound:
        found = None
    if found is None or found.town != town:
        raise Invalid({"number": "本镇（街道）没有这个办件编号，请核对"})
    return found
