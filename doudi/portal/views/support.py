"""社会帮扶 as the household sees it: its helper, its needs, and what came."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from doudi.cases import queries as cases
from doudi.clock.time import now
from doudi.kernel.errors import Invalid, NotFound
from doudi.portal.forms.support import MyNeedForm
from doudi.support import queries
from doudi.support.actions.deny_help import deny_help
from doudi.support.actions.miss_part import miss_part
from doudi.support.actions.receive_part import receive_part
from doudi.support.actions.state_need import Lack, state_need
from doudi.support.actions.take_back_need import take_back_need
from doudi.ui.access import resident
from doudi.ui.words import beside

DEEDS: dict[str, Any] = {
    "deny": deny_help,
    "back": take_back_need,
    "got": receive_part,
    "missing": miss_part,
}


@resident
@require_http_methods(["GET", "POST"])
def my_support(request: Any, case_id: UUID) -> HttpResponse:
    """Everything besides money; each POST is one deed, or a need."""
    case = cases.case_for_resident(case_id, request.resident.phone_index)
    deed = request.POST.get("deed", "")
    if deed in DEEDS:
        DEEDS[deed](_about(request, case_id, deed), by=request.resident.actor(), at=now())
        return redirect("portal:my_support", case_id)
    form = MyNeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _stated(request, case.pk, form):
        return redirect("portal:my_support", case_id)
    found = queries.household(case_id)
    page = {
        "case": case,
        "form": form,
        "pairings": [(p, p.phone.open()) for p in found.pairings if p.until_on is None],
        "helps": [(h, h.what.open()) for h in found.helps[:20]],
        "needs": [(n, n.what.open()) for n in found.needs],
        "parts": found.parts,
    }
    return render(request, "portal/my_support.html", page, status=422 if form.errors else 200)


def _about(request: Any, case_id: UUID, deed: str) -> UUID:
    """The row of this very case; NotFound for any other."""
    found = queries.household(case_id)
    rows = {"deny": found.helps, "back": found.needs}.get(deed, found.parts)
    wanted = request.POST.get("about", "")
    row = next((row for row in rows if str(row.pk) == wanted), None)
    if row is None:
        raise NotFound(queries.NONE)
    return row.pk


def _stated(request: Any, case_id: UUID, form: MyNeedForm) -> bool:
    given = form.cleaned_data
    lack = Lack(given["kind"], given["what"], "own", given["with_name"])
    try:
        state_need(given["token"], case_id, lack, by=request.resident.actor(), at=now())
    except Invalid as refusal:
        beside(form, refusal)
        return False
    return True
