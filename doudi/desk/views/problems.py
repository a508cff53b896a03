"""数据问题: what the counties put to departments, what came back, and who was right."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import may, require, scope
from doudi.clock.time import now, today
from doudi.departments import worklist
from doudi.departments.actions.settle_dispute import settle_dispute
from doudi.departments.flow import DISPUTED, TOLD
from doudi.desk.forms.centre import DisputeForm
from doudi.discrepancies.catalog import results, words_of
from doudi.kernel.errors import Conflict, Invalid, WrongStage
from doudi.regions.queries import names_of
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.verification.catalog.items import agencies, item

ROWS = 100


@officer("centre.view")
@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """What the county itself must settle stands first, then what departments owe."""
    staff = request.staff
    rows = worklist.open_first(staff)[:ROWS]
    page = {
        "lines": [_line(found) for found in rows],
        "places": names_of({found.county for found in rows}),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/problems.html", page)


def _line(found: Any) -> dict[str, Any]:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    about, late = results().get(found.result), found.due_on < today()
    kinds = {TOLD: "late" if late else "soon", DISPUTED: "late"}
    return {
        "problem": found,
        "item": getattr(item(found.item), language),
        "agency": agencies()[found.agency][language],
        "signal": words_of(found.signal, language),
        "found": getattr(about, language) if about else found.result,
        "kind": kinds.get(found.state, "good"),
    }


@officer("centre.view")
@require_http_methods(["GET", "POST"])
def problem(request: HttpRequest, problem_id: UUID) -> HttpResponse:
    """The row, the finding and the department's answer side by side; a dispute is settled."""
    staff = request.staff
    found = worklist.seen_by(problem_id, staff)
    form = DisputeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(staff, "problem.settle", found.county)
        if form.is_valid() and _settled(found, form, staff):
            return redirect("desk:centre_problem", found.pk)
    page = _line(found) | {
        "value": found.value.open() or "",
        "words": found.words.open() or "",
        "answer": found.answer.open() or "",
        "why": found.why.open() or "",
        "receipt": worklist.receipts_of([found]).get(found.delivery_id, ""),
        "places": names_of([found.county]),
        "form": form,
        "inquiry": found.source.removeprefix("inquiry:"),
        "may_settle": found.state == DISPUTED
        and found.told_by_id != str(staff.pk)
        and may(staff, "problem.settle", found.county),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/problem.html", page, status=422 if form.errors else 200)


def _settled(found: Any, form: Any, staff: Any) -> bool:
    right, why = form.cleaned_data["row"] == "right", form.cleaned_data["why"]
    try:
        settle_dispute(found.pk, row_is_right=right, why=why, by=staff, at=now())
    except (Invalid, Conflict, WrongStage) as refusal:
        beside(form, refusal)
        return False
    return True
