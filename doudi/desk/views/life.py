"""生存认证: whom the town is to see this year; late, a proposal and the county's word on it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.clock.time import now, today
from doudi.desk.forms.life import DecideForm, ProposeForm, SeenForm
from doudi.kernel.errors import Conflict, Invalid, WrongStage
from doudi.referrals import queries
from doudi.referrals.actions.decide_stop import decide_stop
from doudi.referrals.actions.propose_stop import propose_stop
from doudi.referrals.actions.prove_life import Proof, prove_life
from doudi.referrals.flow import OPEN
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.vault.masking import mask_name


@officer("life.list")
@require_safe
def lives(request: HttpRequest) -> HttpResponse:
    """The proofs of the own places, the longest overdue first."""
    rows = [
        (r, mask_name(r.proof.person.name)) for r in queries.lives_listed(request.staff, today())
    ]
    page = {"rows": rows, "may_search": bool(scope(request.staff, "case.list"))}
    return render(request, "desk/lives.html", page)


@officer("life.list")
@require_http_methods(["GET", "POST"])
def life(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """One person's proof of the year, and the form to record it."""
    proof = queries.life_for(proof_id, request.staff)
    form = SeenForm(_posted(request), initial={"seen_on": today()})
    if request.method == "POST":
        require(request.staff, "life.record", proof.town)
        if form.is_valid():
            seen = Proof(**form.cleaned_data)
            if _done(form, lambda: prove_life(proof.pk, seen, by=request.staff, at=now())):
                return redirect("desk:life", proof.pk)
    return _page(request, proof, seen=form)


@officer("life.propose")
@require_POST
def life_propose(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """提请暂停: what was tried, for the county to read."""
    proof = queries.life_for(proof_id, request.staff)
    require(request.staff, "life.propose", proof.town)
    form = ProposeForm(request.POST)
    if form.is_valid():
        why = form.cleaned_data["why"]
        if _done(form, lambda: propose_stop(proof.pk, why, by=request.staff, at=now())):
            return redirect("desk:life", proof.pk)
    return _page(request, proof, propose=form)


@officer("life.decide")
@require_POST
def life_decide(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """The county's word; no payment changes by it."""
    proof = queries.life_for(proof_id, request.staff)
    require(request.staff, "life.decide", proof.county)
    form = DecideForm(request.POST)
    if form.is_valid():
        told = (form.cleaned_data["decision"], form.cleaned_data["why"])
        if _done(form, lambda: decide_stop(proof.pk, *told, by=request.staff, at=now())):
            return redirect("desk:life", proof.pk)
    return _page(request, proof, decide=form)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _done(form: Any, deed: Callable[[], object]) -> bool:
    try:
        deed()
    except (Invalid, Conflict, WrongStage) as refusal:
        beside(form, refusal)
        return False
    return True


def _page(request: HttpRequest, proof: Any, **forms: Any) -> HttpResponse:
    staff = request.staff
    with transaction.atomic():
        about = f"award:{proof.award_id}"
        write("life.viewed", actor=actor_of(staff), subject=about, chain=proof.county)
    waits = proof.proposed_at is not None and proof.decided_at is None
    is_open = proof.state == OPEN
    is_late = today() >= queries.may_propose_from(proof)
    broken = next((f for f in forms.values() if f.errors), None)
    page = {
        "row": queries.life_row(proof, today()),
        "proof": proof,
        "name": mask_name(proof.person.name),
        "note": proof.note.open() or "",
        "why": proof.why.open() or "",
        "decided_why": proof.decided_why.open() or "",
        "form": broken,
        "seen": is_open
        and may(staff, "life.record", proof.town)
        and forms.get("seen", SeenForm(initial={"seen_on": today()})),
        "propose": is_open
        and is_late
        and not waits
        and may(staff, "life.propose", proof.town)
        and forms.get("propose", ProposeForm()),
        "decide": is_open
        and waits
        and may(staff, "life.decide", proof.county)
        and forms.get("decide", DecideForm()),
        "propose_from": queries.may_propose_from(proof),
        "waits": waits,
        "may_open_case": bool(proof.award.case_id) and may(staff, "case.view", proof.town),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/life.html", page, status=422 if broken else 200)
