"""动态管理: what waits for an answer or a decision, re-checks, accounts, kept cards, money back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.benefits.figures import entitled
from doudi.clock.time import now, today
from doudi.desk.forms.upkeep import AccountForm, CustodyForm, PartsForm, RecheckForm
from doudi.desk.then_now import figures_then, side_by_side, under_both
from doudi.kernel.errors import Conflict, Invalid, NotFound, WrongStage
from doudi.kernel.money import plain_yuan
from doudi.regions.queries import path_names
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.upkeep import queries
from doudi.upkeep.actions.change_account import Account, apply_account, ask_account, call_back
from doudi.upkeep.actions.keep_card import Agreement, end_custody, keep_card
from doudi.upkeep.actions.record_recheck import KIND_OF, Seen, record_recheck
from doudi.upkeep.actions.recover import decide_recovery, receive_part
from doudi.upkeep.actions.settle_run import settle_run
from doudi.upkeep.file import two_books
from doudi.upkeep.flow import (
    CALLS,
    CAUSES,
    CLASSES,
    HEARING,
    KINDS,
    OUTCOMES,
    RECOVERY_CAUSES,
    RECOVERY_STATES,
)
from doudi.upkeep.parts import Asked, first_month, plan_of
from doudi.vault.masking import mask_account, mask_name

REFUSALS = (Invalid, Conflict, WrongStage)


@officer("award.view")
@require_safe
def upkeep(request: HttpRequest) -> HttpResponse:
    """Proposals first, then re-checks by day; held runs for the county."""
    staff, on = request.staff, today()
    runs = queries.runs_held(staff) if scope(staff, "brake.release") else []
    page = {
        "proposals": [_row(p) for p in queries.proposals_listed(staff)],
        "rechecks": [
            (r, mask_name(r.award.payee_name), queries.light(r.due_on, on, is_open=True))
            for r in queries.rechecks_listed(staff)
        ],
        "calls": CALLS,
        "classes": CLASSES,
        "runs": runs,
        "towns": path_names([r.town for r in runs]) if runs else {},
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/upkeep.html", page)


def _row(found: Any) -> dict[str, Any]:
    return {
        "proposal": found,
        "name": mask_name(found.award.payee_name),
        "kind": KINDS[found.kind],
        "cause": CAUSES[found.cause],
        "light": queries.light(found.answer_by_on, today(), is_open=found.state == HEARING),
    }


@officer("brake.release")
@require_POST
def run_settle(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """A held run goes on, or is thrown away."""
    run = queries.run_for(run_id, request.staff)
    settle_run(run.pk, go=request.POST.get("go") == "1", by=request.staff, at=now())
    return redirect("desk:upkeep")


@officer("award.view")
@require_http_methods(["GET", "POST"])
def recheck(request: HttpRequest, recheck_id: UUID) -> HttpResponse:
    """F17: the last time and this time side by side; the outcome goes on as a proposal."""
    staff = request.staff
    found = queries.recheck_for(recheck_id, staff)
    then = found.then.open() or figures_then(found.award)
    month = first_month(now())
    due = entitled(found.award, month)
    first = {"klass": found.klass, "month": month, "visited_on": today()}
    first |= {"base": plain_yuan(due.base), "top_up": plain_yuan(due.top_up)}
    form = RecheckForm(request.POST if request.method == "POST" else None, initial=first)
    books = two_books(found.award, found.now.open() or {}, _looked_on(found))
    if request.method == "POST":
        require(staff, "award.propose", found.town)
        if form.is_valid() and _recheck(found, form, then, staff):
            return redirect("desk:recheck", found.pk)
    page = {
        "recheck": found,
        "name": mask_name(found.award.payee_name),
        "call": CALLS[found.call],
        "klass": CLASSES[found.klass],
        "outcome": OUTCOMES.get(found.outcome, ""),
        "light": queries.light(found.due_on, today(), is_open=found.done_at is None),
        "note": found.note.open() or "",
        "why": found.why.open() or "",
        "then": then,
        "both": side_by_side(then, found.now.open() or {}),
        "books": books,
        "under": under_both(books),
        "may_print": may(staff, "case.print", found.town),
        "form": form if not found.done_at and may(staff, "award.propose", found.town) else None,
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/recheck.html", page, status=422 if form.errors else 200)


def _looked_on(found: Any) -> Any:
    """The day of the second book: of the re-check, once it is done."""
    return queries.day_of(found.done_at) if found.done_at else today()


def _recheck(found: Any, form: Any, then: Any, staff: Any) -> bool:
    told = form.cleaned_data
    seen_now = {
        "people": told["people"],
        "income_fen": told["income"],
        "expenses_fen": told["expenses"],
        "changes": told["changes"],
    }

    def deed() -> Any:
        outcome, at = told["outcome"], now()
        asked = Asked(told["month"], told["base"], told["top_up"])
        kind = KIND_OF.get(outcome)
        seen = Seen(
            told["visited_on"],
            outcome,
            told["words"],
            then,
            seen_now,
            told["report_number"],
            told["klass"],
            plan_of(found.award, kind, asked, at) if kind else None,
        )
        return record_recheck(found.pk, seen, by=staff, at=at)

    return _done(form, deed)


def _done(form: Any, deed: Callable[[], Any]) -> bool:
    try:
        deed()
    except REFUSALS as refusal:
        beside(form, refusal)
        return False
    return True


@officer("award.view")
@require_http_methods(["GET", "POST"])
def award_account(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """The account, a new one on its way, and who keeps the card."""
    staff = request.staff
    found = queries.award_for(award_id, staff)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    account = AccountForm(request.POST if verb == "ask" else None)
    custody = CustodyForm(request.POST if verb == "keep" else None)
    if request.method == "POST":
        require(staff, VERBS.get(verb, "award.propose"), found.town)
        if verb not in VERBS:
            raise Invalid({"verb": "没有这一步"})
        if _account(found, verb, account, custody, staff):
            return redirect("desk:award_account", found.pk)
    else:
        with transaction.atomic():
            about = f"award:{found.pk}"
            write("award.account_seen", actor=actor_of(staff), subject=about, chain=found.county)
    kept = queries.beside(found.pk)
    asked = kept.account if kept.account and not kept.account.decided_at else None
    broken = next((f for f in (account, custody) if f.errors), None)
    page = {
        "award": found,
        "name": mask_name(found.payee_name),
        "account": mask_account(found.account.open() or ""),
        "asked": asked,
        "asked_account": mask_account(asked.account.open() or "") if asked else "",
        "is_ready": bool(asked and asked.is_confirmed and today() >= asked.ready_on),
        "custody": kept.custody,
        "keeper": mask_name(kept.custody.keeper.open()) if kept.custody else "",
        "may_propose": may(staff, "award.propose", found.town),
        "may_decide": asked is not None
        and may(staff, "award.decide", found.town)
        and asked.asked_by_id != str(staff.pk),
        "account_form": account,
        "custody_form": custody,
        "form": broken,
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/award_account.html", page, status=422 if broken else 200)


VERBS = {
    "ask": "award.propose",
    "called": "award.propose",
    "refused": "award.propose",
    "apply": "award.decide",
    "keep": "award.propose",
    "back": "award.propose",
}


def _account(found: Any, verb: str, account: Any, custody: Any, staff: Any) -> bool:
    """Whether it was done; forms carry what is wrong."""
    at = now()
    if verb == "ask":
        return account.is_valid() and _done(
            account,
            lambda: ask_account(found.pk, Account(**account.cleaned_data), by=staff, at=at),
        )
    if verb == "keep":
        return custody.is_valid() and _done(
            custody,
            lambda: keep_card(found.pk, Agreement(**custody.cleaned_data), by=staff, at=at),
        )
    if verb == "back":
        end_custody(found.pk, by=staff, at=at)
        return True
    asked = queries.beside(found.pk).account
    if asked is None:
        raise NotFound("没有这件事")
    if verb == "apply":
        apply_account(asked.pk, by=staff, at=at)
    else:
        call_back(asked.pk, is_confirmed=verb == "called", by=staff, at=at)
    return True


@officer("award.view")
@require_http_methods(["GET", "POST"])
def recovery(request: HttpRequest, recovery_id: UUID) -> HttpResponse:
    """How much and why; the county decides in how many parts, and books each."""
    staff = request.staff
    found = queries.recovery_for(recovery_id, staff)
    month = request.POST.get("month", "") if request.method == "POST" else ""
    form = PartsForm(request.POST if request.method == "POST" and not month else None)
    if request.method == "POST":
        require(staff, "recovery.decide", found.county)
        if month:
            receive_part(found.pk, month, by=staff, at=now())
            return redirect("desk:recovery", found.pk)
        if form.is_valid():
            told = form.cleaned_data
            given = (told["months"], told["words"])
            if _done(form, lambda: decide_recovery(found.pk, *given, by=staff, at=now())):
                return redirect("desk:recovery", found.pk)
    decides = may(staff, "recovery.decide", found.county)
    came = queries.paid_back(found)
    page = {
        "recovery": found,
        "name": mask_name(found.award.payee_name),
        "cause": RECOVERY_CAUSES[found.cause],
        "state": RECOVERY_STATES[found.state],
        "why": found.why.open() or "",
        "decided_why": found.decided_why.open() or "",
        "parts": list(found.parts.all()),
        "came": came,
        "rest": found.amount_fen - came,
        "decide": found.state == "proposed"
        and decides
        and found.proposed_by_id != str(staff.pk)
        and form,
        "receives": decides and found.state == "agreed",
        "form": form if form.errors else None,
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/recovery.html", page, status=422 if form.errors else 200)
