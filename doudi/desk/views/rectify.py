"""整改台账 (A06): what was found, which town mends it until when, its answer, who closed it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import may, require, scope
from doudi.cases.queries import case_by_id
from doudi.clock.time import now, today
from doudi.desk.forms import oversight as forms
from doudi.kernel.errors import DoudiError, NotAllowed, NotFound
from doudi.regions.queries import children_of, path_names
from doudi.supervision import worklist
from doudi.supervision.actions.answer_rectification import answer_rectification
from doudi.supervision.actions.close_rectification import close_rectification
from doudi.supervision.actions.raise_rectification import Wrong, raise_rectification
from doudi.supervision.actions.return_rectification import return_rectification
from doudi.supervision.catalog import rule_name
from doudi.supervision.flow import ANSWERED, CLOSED, OPEN
from doudi.supervision.queries import case_of_doubt
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.upkeep.queries import light

PAGE, TOWN = 50, 9
STATES = {
    "": _("全部"),
    "open": _("待整改"),
    "late": _("超期未整改"),
    "answered": _("待销号"),
    "closed": _("已销号"),
}
DEEDS = {
    "raised": _("列入整改"),
    "answered": _("报送整改情况"),
    "closed": _("销号"),
    "returned": _("退回"),
}


@officer("rectify.view")
@require_safe
def rectify(request: HttpRequest) -> HttpResponse:
    """The register; `?state=` one of STATES, `?town=` one town."""
    staff, on = request.staff, today()
    state = request.GET.get("state", "")
    town = request.GET.get("town", "") if request.GET.get("town", "").isdigit() else ""
    rows = worklist.rectifications_listed(staff, state, on, town)
    pages = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    counts = worklist.rectification_counts(staff, on)
    found = list(pages)
    names = path_names(sorted({row.town for row in found})) if found else {}
    page = {
        "rows": [(r, names[r.town], light(r.due_on, on, is_open=r.state == OPEN)) for r in found],
        "page": pages,
        "query": f"state={state}&" if state in STATES and state else "",
        "state": state if state in STATES else "",
        "states": [(key, words, counts[key or "all"]) for key, words in STATES.items()],
        "may_ledger": bool(scope(staff, "ledger.view")),
    }
    return render(request, "desk/rectify.html", page | _find(staff))


@officer("rectify.raise")
@require_http_methods(["GET", "POST"])
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was found about one case goes to its town."""
    case, staff = case_by_id(case_id), request.staff
    if not may(staff, "rectify.raise", case.town):
        raise NotFound("没有这个办件")
    ground = "audit" if may(staff, "audit.view", case.county) else "county"
    form = forms.RectifyForm(request.POST or None)

    def deed(data: dict[str, Any]) -> Any:
        wrong = Wrong(ground, data["text"], data["demand"], case_id=case.pk)
        return raise_rectification(wrong, by=staff, at=now())

    return _raised(request, form, deed, {"case": case})


@officer("rectify.raise")
@require_http_methods(["GET", "POST"])
def of_doubt(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """What a rule asked, and somebody looked into; of a case, or of a town that is chosen."""
    staff = request.staff
    doubt = worklist.doubt_for(doubt_id, staff)
    case = case_of_doubt(doubt)
    form: Any = forms.RectifyForm(request.POST or None)
    if case is None:
        form = forms.RectifyTownForm(request.POST or None)
        towns = [(town.code[:TOWN], town.name) for town in children_of(doubt.county)]
        form.fields["town"].choices = [("", "—"), *towns]

    def deed(data: dict[str, Any]) -> Any:
        about = {"case_id": case.pk} if case else {"town": data["town"]}
        source = f"doubt:{doubt.pk}"
        wrong = Wrong("doubt", data["text"], data["demand"], source=source, **about)
        return raise_rectification(wrong, by=staff, at=now())

    named = rule_name(doubt.rule, get_language() or "")
    return _raised(request, form, deed, {"case": case, "rule": named})


@officer("rectify.view")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, rectify_id: UUID) -> HttpResponse:
    """Its story; the town answers, the county closes or sends it back, the auditor reopens."""
    staff = request.staff
    found = worklist.rectification_for(rectify_id, staff)
    form = _form_for(found, staff, request.POST or None)
    if request.method == "POST":
        require(staff, _right(found), found.town)
        if form is not None and form.is_valid() and _done(form, found, staff):
            return redirect("desk:rectify_one", found.pk)
    page = {
        "found": found,
        "town": path_names([found.town])[found.town],
        "light": light(found.due_on, today(), is_open=found.state == OPEN),
        "story": [dict(step, deed=DEEDS[step["deed"]]) for step in found.story],
        "form": form,
        "may_open": found.case and may(staff, "case.view", found.town),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "desk/rectify_one.html", page | _find(staff), status=status)


# --- parts ---------------------------------------------------------------------------------


def _right(found: Any) -> str:
    """Open: the town answers; answered: the county closes; closed: who raises may reopen."""
    return {OPEN: "rectify.answer", ANSWERED: "rectify.raise", CLOSED: "rectify.raise"}[found.state]


def _form_for(found: Any, staff: Any, data: Any) -> Any:
    """The one form of the state for whoever may use it; None for others."""
    if not may(staff, _right(found), found.town):
        return None
    if found.state == OPEN:
        return forms.RectifyAnswerForm(data)
    form = forms.RectifyWordForm(data)
    choices = dict(form.fields["verdict"].choices)
    if found.state == CLOSED or not may(staff, "rectify.close", found.county):
        choices.pop("close")
    form.fields["verdict"].choices = list(choices.items())
    return form


def _done(form: Any, found: Any, staff: Any) -> bool:
    told = form.cleaned_data
    verb: Callable[..., Any] = answer_rectification
    if found.state != OPEN:
        verb = close_rectification if told["verdict"] == "close" else return_rectification
    return _tried(form, lambda: verb(found.pk, told["words"], by=staff, at=now()))


def _raised(
    request: HttpRequest, form: Any, deed: Callable[[dict[str, Any]], Any], page: dict[str, Any]
) -> HttpResponse:
    made: list[Any] = []
    posted = request.method == "POST" and form.is_valid()
    if posted and _tried(form, lambda: made.append(deed(form.cleaned_data))):
        return redirect("desk:rectify_one", made[0].pk)
    status = 422 if form.errors else 200
    page |= {"form": form} | _find(request.staff)
    return render(request, "desk/rectify_new.html", page, status=status)


def _tried(form: Any, deed: Callable[[], object]) -> bool:
    """Whether it was done; what is missing stands in the form, a right refused is a page."""
    try:
        deed()
    except NotAllowed:
        raise
    except DoudiError as refusal:
        beside(form, refusal)
        return False
    return True


def _find(staff: Any) -> dict[str, Any]:
    return {"may_search": bool(scope(staff, "case.list"))}
