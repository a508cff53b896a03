"""办理: one page a verb, saying what will happen, to whom, under which clause; then the deed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doudi.accounts.queries import may, require
from doudi.cases.actions.adopt_fact import adopt_fact
from doudi.cases.file import CaseFile, case_file
from doudi.clock.time import now, today
from doudi.desk.acts import Act
from doudi.desk.adoption import adopted
from doudi.desk.forms.case import AdoptForm
from doudi.desk.known import initial, known, shown
from doudi.desk.side import act_of, clause_words, is_open
from doudi.desk.tabs import found_value
from doudi.desk.views.case import frame, looked
from doudi.kernel.errors import Conflict, Invalid, Missing, WrongStage
from doudi.ui.access import officer
from doudi.ui.words import beside


@officer("case.view")
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, case_id: UUID, verb: str) -> HttpResponse:
    """The form of a verb, or the deed; nothing typed is lost when it cannot be done."""
    staff, deed = request.staff, act_of(verb)
    file = case_file(case_id, staff)
    require(staff, deed.right, file.case.town)
    form = deed.form(request.POST or None, initial=initial(deed, file, request.GET))
    form.prepare(**known(deed, file))
    if request.method == "GET":
        if not is_open(file, verb):
            raise WrongStage(verb, file.case.stage, _("办件现在不在这一步"))
        looked(file, staff, f"act:{verb}")
        return _page(request, file, deed, form, 200)
    if not is_open(file, verb):
        return _overtaken(request, file, deed, form)
    if not form.is_valid():
        return _page(request, file, deed, form, 422)
    return _do(request, file, deed, form)


def _do(request: HttpRequest, file: CaseFile, deed: Act, form: Any) -> HttpResponse:
    try:
        made = deed.run(file.case, form, request.staff, now())
    except (Conflict, WrongStage):
        return _overtaken(request, case_file(file.case.pk, request.staff), deed, form)
    except (Invalid, Missing) as refusal:
        beside(form, refusal)
        return _page(request, file, deed, form, 422)
    if not may(request.staff, "case.view", getattr(made, "town", file.case.town)):
        return redirect("desk:home")  # it went on to an office beyond the officer's reach
    return redirect("desk:case", file.case.pk)


def _overtaken(request: HttpRequest, file: CaseFile, deed: Act, form: Any) -> HttpResponse:
    """Somebody was quicker: who did what since, the words kept, the new version in the form."""
    since = file.case.version - int_of(form["version"].value())
    form.data = form.data.copy()
    form.data["version"] = str(file.case.version)
    more = {"changes": file.steps[-since:] if since > 0 else [], "overtaken": True}
    return _page(request, file, deed, form, 409, **more)


def int_of(text: Any) -> int:
    """A version as a number; 0 for anything that is none."""
    return int(text) if str(text).isdigit() else 0


def is_shut(deed: Act, page: dict[str, Any]) -> bool:
    """Whether a gate stands before this signature; a name that differs may be explained."""
    gates = {"accept": page.get("checks", []), "review": page["side"].gates}
    gates |= {"confirm": page["side"].gates}
    return any(not g.open and g.code != "names" for g in gates.get(deed.verb, []))


def _page(
    request: HttpRequest, file: CaseFile, deed: Act, form: Any, status: int, **more: Any
) -> HttpResponse:
    page = frame(file, request.staff) | shown(deed, file, request.staff, today()) | more
    page |= {
        "act": deed,
        "form": form,
        "clause": clause_words(*deed.clause),
        "is_open": is_open(file, deed.verb),
        "is_shut": is_shut(deed, page),
    }
    return render(request, deed.template, page, status=status)


@officer("case.visit")
@require_POST
def adopt(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """采信: a found value counts instead of the declared one, with its reason."""
    file = case_file(case_id, request.staff)
    require(request.staff, "case.visit", file.case.town)
    form = AdoptForm(request.POST)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    asked = form.cleaned_data
    found = found_value(file, asked["path"])
    path, value = adopted(file.facts or {"members": []}, asked["path"], found)
    adopt_fact(
        case_id,
        path,
        value,
        asked["reason"],
        version=asked["version"],
        by=request.staff,
        at=now(),
    )
    return redirect(f"{request.path.removesuffix('adopt/')}?tab=checks")
