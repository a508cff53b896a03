"""本单位: the office's own ready words, people borrowed for some days, cases assigned in bulk."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from doudi.accounts.actions.answer_loan import answer_loan
from doudi.accounts.actions.ask_loan import Wish, ask_loan
from doudi.accounts.actions.drop_phrase import drop_phrase
from doudi.accounts.actions.write_phrase import Words, write_phrase
from doudi.accounts.permissions import Role
from doudi.accounts.queries import (
    lendable,
    loans_of,
    may,
    phrases_of,
    scope,
    staff_by_id,
)
from doudi.cases.actions.change_clerk import change_clerk
from doudi.cases.queries import visible
from doudi.clock.time import now, today
from doudi.desk.forms.office import AnswerLoanForm, AssignForm, LoanForm, PhraseForm
from doudi.desk.opinions import HOLES, VERBS
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.regions import queries as regions
from doudi.ui.access import officer
from doudi.ui.words import beside

TOWN = 9


@officer("phrase.write")
@require_http_methods(["GET", "POST"])
def phrases(request: HttpRequest) -> HttpResponse:
    """The office's own words, and the form to write more."""
    town = scope(request.staff, "phrase.write")[0]
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = Words(**form.cleaned_data, holes=frozenset(HOLES))
        try:
            write_phrase(town, told, by=request.staff, at=now())
        except Invalid as refusal:
            beside(form, refusal)
        else:
            return redirect("desk:phrases")
    page = {"form": form, "rows": [(p, VERBS.get(p.verb, p.verb)) for p in phrases_of(town)]}
    return render(request, "desk/phrases.html", page, status=422 if form.errors else 200)


@officer("phrase.write")
@require_POST
def phrase_drop(request: HttpRequest, phrase_id: UUID) -> HttpResponse:
    """Off the list."""
    drop_phrase(phrase_id, by=request.staff)
    return redirect("desk:phrases")


@officer("loan.arrange")
@require_http_methods(["GET", "POST"])
def loans(request: HttpRequest) -> HttpResponse:
    """What was asked and answered, and for a town the form to ask."""
    own = [stem for stem in scope(request.staff, "loan.arrange") if len(stem) == TOWN]
    form = LoanForm(request.POST or None, lenders=_lenders(own[0]) if own else [])
    if request.method == "POST" and own and form.is_valid():
        data = form.cleaned_data
        wish = Wish(own[0], data["lender"], Role(data["role"]), *_days(data), data["reason"])
        try:
            ask_loan(wish, by=request.staff, at=now())
        except Invalid as refusal:
            beside(form, refusal)
        else:
            return redirect("desk:loans")
    return _loans(request, form, may_ask=bool(own))


def _days(data: dict[str, Any]) -> tuple[Any, Any]:
    return data["from_on"], data["until_on"]


def _loans(
    request: HttpRequest, form: Any, *, may_ask: bool = False, answered: Any = None
) -> HttpResponse:
    """The page; `answered` is an answer that could not be taken, by loan."""
    rows = loans_of(request.staff)
    names = regions.path_names([c for loan in rows for c in (loan.town, loan.lender)])
    shown = [
        (loan, names[loan.town], names[loan.lender], Role(loan.role).label, _answer(request, loan))
        for loan in rows
    ]
    page = {"rows": shown, "form": form, "may_ask": may_ask, "today": today()}
    bad = form.errors or answered
    return render(
        request, "desk/loans.html", page | {"answered": answered}, status=422 if bad else 200
    )


def _answer(request: HttpRequest, loan: Any) -> AnswerLoanForm | None:
    """The form of whoever may answer this one."""
    mine = str(request.staff.pk) == loan.asked_by_id
    if loan.answered_at or mine or not may(request.staff, "loan.arrange", loan.lender):
        return None
    people = [(str(p.pk), p.name) for p in lendable(loan.lender, Role(loan.role))]
    return AnswerLoanForm(people=people, prefix=str(loan.pk)[:8])


def _lenders(town: str) -> list[tuple[str, str]]:
    """The county and its other towns."""
    county = regions.get(town[:6])
    near = [(r.code[:TOWN], r.name) for r in regions.children_of(town[:6])]
    return [(town[:6], county.name), *(pair for pair in near if pair[0] != town)]


@officer("loan.arrange")
@require_POST
def loan_answer(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """One answer; a refused one comes back above the list."""
    prefix = str(loan_id)[:8]
    told = {name: request.POST.get(f"{prefix}-{name}", "") for name in ("staff", "answer")}
    try:
        answer_loan(loan_id, told["staff"], told["answer"][:200], by=request.staff, at=now())
    except (Invalid, Conflict) as refusal:
        return _loans(request, LoanForm(lenders=[]), answered=refusal)
    return redirect("desk:loans")


@officer("work.assign")
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """分派: the ticked cases go to one colleague, all or none."""
    ticked = request.POST.getlist("case")[:50]
    form = AssignForm(request.POST, cases=ticked)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    try:
        wanted = [UUID(case) for case in form.cleaned_data["case"]]
    except ValueError:
        raise NotFound from None
    seen = set(visible(request.staff).filter(pk__in=wanted).values_list("pk", flat=True))
    if seen != set(wanted):
        raise NotFound
    change_clerk(wanted, staff_by_id(form.cleaned_data["to"]), by=request.staff, at=now())
    return redirect("desk:home")
