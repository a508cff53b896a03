"""What I receive, and who may ask about me."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from doudi.benefits.parts import parts_of
from doudi.benefits.queries import award_of_case, changes_by_award, payments_of, waiting_of
from doudi.cases.queries import cases_of_phone, chosen_finding, newest_assessment
from doudi.clock.time import now
from doudi.discrepancies.actions.answer_inquiry import answer_inquiry
from doudi.discrepancies.catalog import words_of
from doudi.discrepancies.flow import MOVES
from doudi.discrepancies.queries import to_explain
from doudi.kernel.errors import NotFound
from doudi.policy.wording import formula_lines
from doudi.redress.queries import change_appeals_of
from doudi.support import queries as support
from doudi.ui.access import resident
from doudi.upkeep.actions.answer_proposal import answer_proposal
from doudi.upkeep.flow import CAUSES, HEARING, KINDS
from doudi.upkeep.queries import (
    due_now,
    may_be_appealed,
    open_proposals_of_cases,
    paid_back,
    recoveries_of_cases,
)
from doudi.vault.masking import mask_account
from doudi.verification.queries import consents_of, who_asked_about

Json = dict[str, Any]
MOST_CASES = 3


@resident
@require_safe
def my_benefits(request: Any) -> HttpResponse:
    """The month's amount, how it comes about, what was paid; goods and services beside it."""
    cases = cases_of_phone(request.resident.phone_index)
    confirmed = [c for c in cases if c.stage == "confirmed"][:MOST_CASES]
    benefits = [b for b in map(_benefit, confirmed) if b]
    ids = [c.pk for c in confirmed]
    changes = changes_by_award([b["award"] for b in benefits])
    proposals = open_proposals_of_cases(ids)
    asked = to_explain(ids)
    once = parts_of([b["award"].pk for b in benefits if b["award"].once_fen])
    waits = waiting_of([b["award"] for b in benefits if b["award"].once_fen])
    appealed = change_appeals_of([b["award"].pk for b in benefits])
    for b in benefits:
        b["asked"] = [_asked(i) for i in asked if i.award_id == b["award"].pk]
        b["changes"] = [_changed(c, appealed) for c in changes.get(b["award"].pk, [])]
        b["in_parts"] = [p for p in once.get(b["award"].pk, []) if p.part.agreed_at]
        b["waits"] = waits.get(b["award"].pk)
        b["proposals"] = [_proposed(p) for p in proposals if p.award_id == b["award"].pk]
    page = {
        "benefits": benefits,
        "parts": support.parts_of(ids),
        "recoveries": [
            _changed(r, appealed) | {"came": paid_back(r)} for r in recoveries_of_cases(ids)
        ],
        "cases": confirmed,
    }
    return render(request, "portal/my_benefits.html", page)


def _changed(found: Any, appealed: Any) -> Json:
    """A change or a recovery, whether it may be appealed against, and what became of that."""
    return {
        "of": found,
        "appeal": appealed.get(found.pk),
        "may_appeal": may_be_appealed(found),
    }


def _proposed(found: Any) -> Json:
    """What is proposed, in words; whether the household may still answer."""
    return {
        "proposal": found,
        "kind": KINDS[found.kind],
        "cause": CAUSES[found.cause],
        "why": found.why.open() or "",
        "answer": found.answer.open() or "",
        "may_answer": found.state == HEARING,
    }


@resident
@require_POST
def answer_proposed(request: Any, proposal_id: UUID) -> HttpResponse:
    """陈述申辩, by the phone the award was applied for with."""
    cases = cases_of_phone(request.resident.phone_index)
    mine = {p.pk for p in open_proposals_of_cases([c.pk for c in cases])}
    if proposal_id not in mine:
        raise NotFound
    text = request.POST.get("text", "")
    answer_proposal(proposal_id, text, by=request.resident.actor(), at=now())
    return redirect("portal:my_benefits")


def _asked(found: Any) -> Json:
    """What is to be explained, in words; what was said already."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return {
        "inquiry": found,
        "about": [words_of(signal, language) for signal in found.signals],
        "question": found.question.open() or "",
        "answer": found.answer.open() or "",
        "may_answer": found.state in MOVES["answer"],
    }


@resident
@require_POST
def explain(request: Any, inquiry_id: UUID) -> HttpResponse:
    """说明或异议, by the phone the award was applied for with."""
    cases = cases_of_phone(request.resident.phone_index)
    if inquiry_id not in {i.pk for i in to_explain([c.pk for c in cases])}:
        raise NotFound
    text, objects = request.POST.get("text", ""), request.POST.get("objects") == "yes"
    answer_inquiry(inquiry_id, text, objects=objects, by=request.resident.actor(), at=now())
    return redirect("portal:my_benefits")


def _benefit(case: Any) -> Json | None:
    award = award_of_case(case.pk)
    if award is None:
        return None
    finding = chosen_finding(newest_assessment(case))
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return {
        "award": award,
        "due": due_now(award, now()),
        "account": mask_account(award.account.open() or ""),
        "lines": formula_lines(finding, language) if finding else [],
        "payments": payments_of(award)[:12],
    }


@resident
@require_safe
def my_consents(request: Any) -> HttpResponse:
    """Every authorisation under this phone's applications, and who asked under them."""
    groups = []
    for case in cases_of_phone(request.resident.phone_index)[:MOST_CASES]:
        consents = consents_of(case.application_id)
        own = next((c for c in consents if c.member_key == "m1"), None)
        asked = who_asked_about(own.id_index)[:10] if own else []
        groups.append({"case": case, "consents": [_line(c) for c in consents], "asked": asked})
    return render(request, "portal/my_consents.html", {"groups": groups})


def _line(consent: Any) -> Json:
    mine = consent.member_key == "m1" or bool(consent.guardian_of)
    return {"consent": consent, "mine": mine and consent.withdrawn_at is None}
