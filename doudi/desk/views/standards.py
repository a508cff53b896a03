"""提标调整: every award of the county before and after; prepared by one, approved by another."""

import re
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from doudi.accounts.queries import may, require, scope
from doudi.clock.time import now, today
from doudi.desk.forms.upkeep import ApproveForm, StandardForm
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, WrongStage
from doudi.kernel.periods import Month
from doudi.regions.queries import path_name, path_names
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.upkeep import queries
from doudi.upkeep.actions.approve_standard import approve_standard, drop_standard
from doudi.upkeep.actions.prepare_standard import prepare_standard
from doudi.upkeep.flow import STANDARD_STATES
from doudi.vault.masking import mask_name

PAGE = 50
REFUSALS = (Invalid, Conflict, WrongStage)
HOW = {
    "difference": "按差额",
    "band": "按档次",
    "basic": "按基本生活标准",
    "floor": "按保底",
    "open": "须由人核定",
    "suspend": "暂停中，恢复时按新标准",
    "taper": "渐退中，不调整",
    "other": "不随低保标准",
}


@officer("standard.view")
@require_http_methods(["GET", "POST"])
def standards(request: HttpRequest) -> HttpResponse:
    """The lists; the county prepares one for the month of a new standard."""
    staff = request.staff
    own = [stem for stem in scope(staff, "standard.prepare") if len(stem) == 6]
    first = {"month": str(Month.of(today()).next())}
    form = StandardForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST":
        if not own:
            raise NotAllowed("standard.prepare")
        if form.is_valid():
            try:
                made = prepare_standard(own[0], form.cleaned_data["month"], by=staff, at=now())
                return redirect("desk:standard", made.pk)
            except REFUSALS as refusal:
                beside(form, refusal)
    found = queries.standard_runs(staff)
    page = {
        "rows": [(run, STANDARD_STATES[run.state]) for run in found],
        "names": path_names(sorted({r.county for r in found})) if found else {},
        "form": form,
        "may_prepare": bool(own),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/standards.html", page, status=422 if form.errors else 200)


@officer("standard.view")
@require_http_methods(["GET", "POST"])
def standard(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Count and sum before and after, every line, what a person has to look at."""
    staff = request.staff
    run = queries.standard_run(run_id, staff)
    form = ApproveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(staff, "standard.approve", run.county)
        if request.POST.get("drop"):
            drop_standard(run.pk, by=staff, at=now())
            return redirect("desk:standards")
        if form.is_valid() and _approved(run, form, staff):
            return redirect("desk:standard", run.pk)
    return render(request, "desk/standard.html", _page(request, run, form), status=_status(form))


def _status(form: Any) -> int:
    return 422 if form.errors else 200


def _approved(run: Any, form: Any, staff: Any) -> bool:
    try:
        approve_standard(run.pk, form.cleaned_data["paper"], by=staff, at=now())
    except REFUSALS as refusal:
        beside(form, refusal)
        return False
    return True


def _page(request: HttpRequest, run: Any, form: Any) -> dict[str, Any]:
    staff = request.staff
    number = request.GET.get("page", "1")
    wanted = int(number) if re.fullmatch(r"[0-9]{1,5}", number) else 1
    page = Paginator(range(run.line_count), PAGE).get_page(wanted)
    lines = queries.standard_lines(run, page.number, PAGE)
    prepared = run.state == "prepared"
    own = run.prepared_by_id == str(staff.pk)
    return {
        "run": run,
        "state": STANDARD_STATES[run.state],
        "county_name": path_name(run.county),
        "lines": [(x, mask_name(x.award.payee_name), HOW[x.how]) for x in lines],
        "page": page,
        "gain": run.after_fen - run.before_fen,
        "form": form,
        "own": prepared and own,
        "approves": prepared and not own and may(staff, "standard.approve", run.county),
        "drops": prepared and may(staff, "standard.approve", run.county),
        "may_search": bool(scope(staff, "case.list")),
    }
