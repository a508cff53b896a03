"""待遇: one award with its history, and what is proposed, answered and decided about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.benefits import parts as given_in_parts
from doudi.benefits.figures import entitled, is_given_once
from doudi.benefits.queries import changes_of
from doudi.benefits.running import people_of
from doudi.clock.time import now, today
from doudi.desk.forms.upkeep import AnswerForm, DeathForm, DecideForm, ProposeForm, RecoverForm
from doudi.kernel.errors import Conflict, Invalid, NotFound, WrongStage
from doudi.kernel.money import plain_yuan
from doudi.kernel.periods import Month
from doudi.redress.flow import CHANGE_NAMES as KINDS_OF_APPEAL
from doudi.redress.queries import change_appeals_of
from doudi.regions.queries import path_names
from doudi.support.queries import parts_beside
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.upkeep import queries
from doudi.upkeep.actions.answer_proposal import answer_proposal
from doudi.upkeep.actions.call_recheck import call_recheck
from doudi.upkeep.actions.decide_proposal import decide_proposal
from doudi.upkeep.actions.propose import Why, propose
from doudi.upkeep.actions.recover import propose_recovery
from doudi.upkeep.actions.report_death import report_death
from doudi.upkeep.flow import CAUSES, HEARING, KINDS, NEEDS_HEARING, OPEN, ORIGINS
from doudi.upkeep.parts import Asked, first_month, parts_of, plan_of
from doudi.vault.masking import mask_account, mask_name

BY_HAND = ("adjust", "person_out", "taper", "suspend", "resume", "stop", "move")
REFUSALS = (Invalid, Conflict, WrongStage)


@officer("award.view")
@require_safe
def awards(request: HttpRequest) -> HttpResponse:
    """The newest awards of the own places; a number's beginning narrows them."""
    words = request.GET.get("q", "").strip()[:30]
    month = str(Month.of(today()))
    found = queries.awards_listed(request.staff, words)
    page = {
        "rows": [(a, mask_name(a.payee_name), queries.due_now(a, now())) for a in found],
        "words": words,
        "month": month,
        "may_search": bool(scope(request.staff, "case.list")),
    }
    return render(request, "desk/awards.html", page)


@officer("award.view")
@require_safe
def award(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """What is due and why, whom it covers, its history, what is asked for; masked."""
    staff = request.staff
    found = queries.award_for(award_id, staff)
    with transaction.atomic():
        about = f"award:{found.pk}"
        write("award.viewed", actor=actor_of(staff), subject=about, chain=found.county)
    proposes = may(staff, "award.propose", found.town)
    month = max(str(Month.of(today())), found.start_month)
    appealed, file = change_appeals_of([found.pk]), queries.dossier(found)
    helps = may(staff, "support.view", found.town)
    page = {
        "award": found,
        "appeals": [appealed[pk] for pk in appealed],
        "appealable": _appealable(file, appealed) if proposes else [],
        "name": mask_name(found.payee_name),
        "account": mask_account(found.account.open() or ""),
        "due": entitled(found, month),
        "month": month,
        "people": [(row, mask_name(row.person.name)) for row in people_of(found)],
        "changes": file.changes,
        "payments": file.payments[:12],
        "waits": file.waits,
        "proposals": [_line(p) for p in file.proposals],
        "rechecks": file.rechecks[:6],
        "beside": file.beside,
        **_in_parts(found),
        "goods": parts_beside(found) if helps else [],
        "may_support": helps,
        "overpaid": queries.not_asked_back(found, now(), file.changes, file.beside.recoveries),
        "verbs": [(kind, KINDS[kind]) for kind in BY_HAND] if proposes else [],
        "may_open_case": bool(found.case_id) and may(staff, "case.view", found.town),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/award.html", page)


def _in_parts(found: Any) -> dict[str, Any]:
    """The plan of what is given once; nothing is asked about a monthly award."""
    if not is_given_once(found):
        return {"given_once": False, "parts": []}
    lines = given_in_parts.parts_of([found.pk])
    return {"given_once": True, "parts": lines.get(found.pk, [])}


def _appealable(file: queries.Dossier, appealed: Any) -> list[dict[str, Any]]:
    """What the household may still appeal against, for the window: newest first."""
    matters = [*file.beside.recoveries, *reversed(file.changes)]
    return [
        {"matter": m, "what": KINDS_OF_APPEAL["recovery" if queries.is_recovery(m) else m.what]}
        for m in matters
        if m.pk not in appealed and queries.may_be_appealed(m)
    ][:4]


def _line(found: Any) -> dict[str, Any]:
    return {
        "proposal": found,
        "kind": KINDS[found.kind],
        "cause": CAUSES[found.cause],
        "light": queries.light(found.answer_by_on, today(), is_open=found.state == HEARING),
    }


@officer("award.propose")
@require_http_methods(["GET", "POST"])
def award_propose(request: HttpRequest, award_id: UUID, verb: str) -> HttpResponse:
    """The form of one kind of change; what it comes to is computed, never typed twice."""
    staff = request.staff
    found = queries.award_for(award_id, staff)
    require(staff, "award.propose", found.town)
    if verb not in BY_HAND:
        raise NotFound("没有这一步")
    kind = verb
    month = first_month(now())
    base, top_up, persons = parts_of(found, month)
    first = {"month": month, "base": plain_yuan(base), "top_up": plain_yuan(top_up)}
    data = request.POST if request.method == "POST" else None
    form = ProposeForm(data, kind=kind, people=_people(found), initial=first)
    if data is not None and form.is_valid():
        made = _done(form, lambda: _propose(found, kind, form.cleaned_data, staff))
        if made:
            return redirect("desk:proposal", made.pk)
    page = {
        "award": found,
        "name": mask_name(found.payee_name),
        "kind": kind,
        "kind_name": KINDS[kind],
        "form": form,
        "base": base,
        "top_up": top_up,
        "persons": persons,
        "is_heard": kind in NEEDS_HEARING,
        "plan": _taper(found, month) if kind == "taper" else None,
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/award_propose.html", page, status=422 if form.errors else 200)


def _people(found: Any) -> list[tuple[str, str]]:
    rows = [row for row in people_of(found) if not row.until_month]
    return [(str(r.person_id), mask_name(r.person.name)) for r in rows]


def _taper(found: Any, month: str) -> Any:
    try:
        return plan_of(found, "taper", Asked(month), now())
    except REFUSALS:
        return None


def _propose(found: Any, kind: str, given: dict[str, Any], staff: Any) -> Any:
    person = given.get("person")
    asked = Asked(
        given["month"],
        given.get("base"),
        given.get("top_up"),
        UUID(person) if person else None,
        given.get("own_top_up") or 0,
    )
    why = Why(
        given["cause"],
        given["why"],
        person_id=asked.person_id,
        paper=given["paper"],
        to_village=given.get("to_village", ""),
    )
    at = now()
    return propose(found.pk, kind, plan_of(found, kind, asked, at), why, by=staff, at=at)


def _done(form: Any, deed: Callable[[], Any]) -> Any:
    """What the deed gave; None where it was refused, with the reason beside the field."""
    try:
        return deed()
    except REFUSALS as refusal:
        beside(form, refusal)
        return None


@officer("award.propose")
@require_http_methods(["GET", "POST"])
def award_death(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """Somebody died: the proposal to end, or the re-check of those who are left."""
    staff = request.staff
    found = queries.award_for(award_id, staff)
    require(staff, "award.propose", found.town)
    data = request.POST if request.method == "POST" else None
    form = DeathForm(data, people=_people(found))
    if data is not None and form.is_valid():
        told = form.cleaned_data
        who, day = UUID(told["person"]), told["died_on"]
        made = _done(
            form, lambda: report_death(found.pk, who, day, told["why"], by=staff, at=now())
        )
        if made:
            is_recheck = made._meta.model_name == "recheck"
            return redirect("desk:recheck" if is_recheck else "desk:proposal", made.pk)
    page = {
        "award": found,
        "name": mask_name(found.payee_name),
        "form": form,
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/award_death.html", page, status=422 if form.errors else 200)


@officer("award.propose")
@require_POST
def award_call(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """要求复核, within a month."""
    found = queries.award_for(award_id, request.staff)
    require(request.staff, "award.propose", found.town)
    until = Month.of(today()).next().last_day
    words = "镇（街道）要求复核"
    made = call_recheck(found.pk, "report", words, until, by=request.staff, at=now())
    return redirect("desk:recheck", made.pk)


@officer("award.propose")
@require_http_methods(["GET", "POST"])
def award_recover(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """提请追回: what was paid too much, and why."""
    staff = request.staff
    found = queries.award_for(award_id, staff)
    require(staff, "award.propose", found.town)
    asked = queries.beside(found.pk).recoveries
    much = queries.not_asked_back(found, now(), changes_of(found), asked)
    data = request.POST if request.method == "POST" else None
    form = RecoverForm(data, initial={"amount": plain_yuan(much)} if much else {})
    if data is not None and form.is_valid():
        told = form.cleaned_data
        given = (told["cause"], told["amount"], told["words"])
        if made := _done(form, lambda: propose_recovery(found.pk, *given, by=staff, at=now())):
            return redirect("desk:recovery", made.pk)
    page = {
        "award": found,
        "name": mask_name(found.payee_name),
        "form": form,
        "overpaid": much,
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/award_recover.html", page, status=422 if form.errors else 200)


@officer("award.view")
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Before and after, facts and clause, what the household said, and the decision."""
    staff = request.staff
    found = queries.proposal_for(proposal_id, staff)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(staff, "award.decide", _deciding(found, staff))
        if form.is_valid():
            told = form.cleaned_data
            agree = told["decision"] == "agree"
            decide = lambda: decide_proposal(  # noqa: E731  one deed, tried once
                found.pk, agree=agree, why=told["why"], by=staff, at=now()
            )
            if _done(form, decide):
                return redirect("desk:proposal", found.pk)
    return _proposal_page(request, found, form, AnswerForm())


@officer("award.propose")
@require_POST
def proposal_answer(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """What the household said at the counter or by telephone."""
    found = queries.proposal_for(proposal_id, request.staff)
    require(request.staff, "award.propose", found.town)
    form = AnswerForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        if _done(form, lambda: answer_proposal(found.pk, text, by=request.staff, at=now())):
            return redirect("desk:proposal", found.pk)
    return _proposal_page(request, found, DecideForm(), form)


def _deciding(found: Any, staff: Any) -> str:
    """Where the reader would decide: here, or where the household moves to."""
    here = may(staff, "award.decide", found.town)
    return str(found.town if here else found.decided_at_place)


def _proposal_page(request: HttpRequest, found: Any, form: Any, answer: Any) -> HttpResponse:
    staff = request.staff
    undecided = found.state in (HEARING, OPEN)
    own = found.proposed_by_id == str(staff.pk)
    away = found.decided_at_place != found.town
    decides = undecided and not own and may(staff, "award.decide", _deciding(found, staff))
    broken = next((f for f in (form, answer) if f.errors), None)
    page = {
        **_line(found),
        "name": mask_name(found.award.payee_name),
        "origin": ORIGINS[found.origin],
        "why": found.why.open() or "",
        "answer": found.answer.open() or "",
        "decided_why": found.decided_why.open() or "",
        "form": broken,
        "decide": decides and form,
        "may_open_award": may(staff, "award.view", found.town),
        "coming_to": path_names([found.decided_at_place])[found.decided_at_place] if away else "",
        "follows": queries.follows(found.award_id) if found.kind == "move" and undecided else {},
        "own": own and undecided,
        "first_day": queries.may_decide_from(found),
        "answering": found.state == HEARING and may(staff, "award.propose", found.town) and answer,
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/proposal.html", page, status=422 if broken else 200)
