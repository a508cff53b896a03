"""监督检查: draws that anybody can repeat, checks with two hands, sheets for what is late."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, scope
from doudi.audit.journal import write
from doudi.cases.queries import case_by_id, case_by_number
from doudi.clock.time import now, today
from doudi.desk.forms.supervision import (
    CheckForm,
    ChooseForm,
    DrawForm,
    SecondForm,
    SheetAnswerForm,
    SheetForm,
)
from doudi.kernel.errors import DoudiError, Invalid, NotAllowed
from doudi.kernel.periods import Month
from doudi.regions.queries import path_names
from doudi.supervision import queries
from doudi.supervision.actions.answer_sheet import answer_sheet
from doudi.supervision.actions.choose_case import choose_case
from doudi.supervision.actions.draw_sample import draw_sample
from doudi.supervision.actions.issue_sheet import issue_sheet
from doudi.supervision.actions.record_check import record_check
from doudi.supervision.actions.second_check import second_check
from doudi.supervision.flow import OPEN, PROPOSED
from doudi.ui.access import officer
from doudi.ui.words import beside


@officer("supervision.view")
@require_safe
def supervision(request: HttpRequest) -> HttpResponse:
    """Late cases, open checks and the draws of the officer's counties."""
    return _page(request, _draw_form(request, None), ChooseForm(), 200)


@officer("supervision.draw")
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """The month's draw; what stands in the way stands in the form."""
    form = _draw_form(request, request.POST)

    def deed(data: dict[str, Any]) -> Any:
        month = str(_month(data["month"]))
        return draw_sample(data["county"], month, data["population"], by=request.staff, at=now())

    made = _done(form, deed)
    return redirect("desk:draw", made.pk) if made else _page(request, form, ChooseForm(), 422)


@officer("supervision.check")
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """A check of a case that somebody points to."""
    form = ChooseForm(request.POST)

    def deed(data: dict[str, Any]) -> Any:
        case = case_by_number(data["number"].replace(" ", ""))
        return choose_case(case.pk, data["why"], by=request.staff, at=now())

    made = _done(form, deed)
    if made:
        return redirect("desk:check", made.pk)
    return _page(request, _draw_form(request, None), form, 422)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise Invalid({"month": _("请选月份")}) from None


def _draw_form(request: Any, data: Any) -> DrawForm:
    form = DrawForm(data, initial={"month": str(Month.of(today()).previous())})
    counties = [stem for stem in scope(request.staff, "supervision.draw") if len(stem) == 6]
    names = path_names(counties) if counties else {}
    form.prepare(counties=[(code, names[code]) for code in counties])
    return form


def _page(request: Any, form: DrawForm, chosen: ChooseForm, status: int) -> HttpResponse:
    staff, on = request.staff, today()
    checks, draws = queries.open_checks(staff), queries.draws(staff)
    page = {
        "late": queries.late_cases(staff, on),
        "checks": [(check, queries.light(check.due_on, on)) for check in checks],
        "draws": draws,
        "counties": path_names(sorted({d.county for d in draws})) if draws else {},
        "form": form,
        "chosen": chosen,
        "may_draw": bool(form.fields["county"].choices),
        "may_urge": bool(scope(staff, "supervision.urge")),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/supervision.html", page, status=status)


@officer("supervision.view")
@require_safe
def drawn(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """The draw with seed, share, hash and checks, done again on the spot."""
    found = queries.draw_for(draw_id, request.staff)
    page = {
        "draw": found,
        "percent": found.share / 100,
        "county": path_names([found.county])[found.county],
        "checks": queries.checks_of(found),
        "holds": queries.holds(found),
        "may_search": bool(scope(request.staff, "case.list")),
    }
    return render(request, "desk/draw.html", page)


@officer("supervision.view")
@require_safe
def numbers(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Every number of the population, one a line: what somebody needs to repeat the draw."""
    found = queries.draw_for(draw_id, request.staff)
    answer = HttpResponse("\n".join(found.numbers) + "\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.month}-{found.population}.txt"'
    return answer


@officer("supervision.view")
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """One check: what was seen, or the second hand."""
    found, staff = queries.check_for(check_id, request.staff), request.staff
    form = _check_form(found.state, request.POST or None)

    def deed(data: dict[str, Any]) -> Any:
        if "agreed" in data:
            return second_check(found.pk, data["agreed"] == "yes", by=staff, at=now())
        told = (data["result"], data["finding"], data["visited_on"])
        return record_check(found.pk, *told, by=staff, at=now())

    if request.method == "POST":
        if form is None or not may(staff, "supervision.check", found.county):
            raise NotAllowed("supervision.check")
        if _done(form, deed):
            return redirect("desk:check", found.pk)
    with transaction.atomic():
        write(
            "case.viewed",
            actor=actor_of(staff),
            subject=f"case:{found.case_id}",
            chain=found.county,
            detail={"tab": "check"},
        )
    page = {
        "check": found,
        "finding": found.finding.open(),
        "light": queries.light(found.due_on, today()),
        "form": form if may(staff, "supervision.check", found.county) else None,
        "may_raise": may(staff, "rectify.raise", found.case.town),
        "may_search": bool(scope(staff, "case.list")),
    }
    wrong = bool(form and form.errors)
    return render(request, "desk/check.html", page, status=422 if wrong else 200)


def _check_form(state: str, data: Any) -> Any:
    """The form of the next hand; None when the check has its result."""
    kind = {OPEN: CheckForm, PROPOSED: SecondForm}.get(state)
    if kind is None:
        return None
    form = kind(data)
    form.prepare()
    return form


@officer("supervision.urge")
@require_http_methods(["GET", "POST"])
def urge(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A sheet to the town about one late case."""
    case, staff = case_by_id(case_id), request.staff
    if not may(staff, "supervision.urge", case.county):
        raise NotAllowed("supervision.urge")
    form = SheetForm(request.POST or None)

    def deed(data: dict[str, Any]) -> Any:
        return issue_sheet(case.pk, data["text"], by=staff, at=now())

    if request.method == "POST" and _done(form, deed):
        return redirect("desk:supervision")
    page = {"case": case, "form": form, "may_search": bool(scope(staff, "case.list"))}
    return render(request, "desk/urge.html", page, status=422 if form.errors else 200)


@officer("sheet.view")
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets to the own town, unanswered first."""
    found = list(queries.sheets_for(request.staff)[:100])
    page = {"sheets": found, "may_search": bool(scope(request.staff, "case.list"))}
    return render(request, "desk/sheets.html", page)


@officer("sheet.view")
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """One sheet with its answer, or the form for it."""
    found, staff = queries.sheet_for(sheet_id, request.staff), request.staff
    form = SheetAnswerForm(request.POST or None)
    own = may(staff, "sheet.answer", found.town)

    def deed(data: dict[str, Any]) -> Any:
        return answer_sheet(found.pk, data["answer"], by=staff, at=now())

    if request.method == "POST" and _done(form, deed):
        return redirect("desk:sheets")
    page = {
        "sheet": found,
        "form": form if own and not found.answered_at else None,
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/sheet.html", page, status=422 if form.errors else 200)


def _done(form: Any, deed: Callable[[dict[str, Any]], Any]) -> Any:
    """What the deed gave; None when something is missing, which then stands in the form."""
    if not form.is_valid():
        return None
    try:
        return deed(form.cleaned_data)
    except NotAllowed:
        raise
    except DoudiError as refusal:
        beside(form, refusal)
    return None
