"""物资和服务 beside an award that was taken over and has no case."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.clock.time import now
from doudi.desk.forms.support import PartForm
from doudi.kernel.errors import Conflict, Invalid
from doudi.support.actions.promise_beside_award import promise_beside_award
from doudi.support.actions.promise_part import Promise
from doudi.support.queries import parts_beside
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.upkeep.queries import award_for
from doudi.vault.masking import mask_name


@officer("support.view")
@require_http_methods(["GET", "POST"])
def award_support(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """What is promised and came, and the form for one more; an award with a case has it there."""
    staff = request.staff
    found = award_for(award_id, staff)
    require(staff, "support.view", found.town)
    if found.case_id:
        return redirect("desk:case_support", found.case_id)
    form = PartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _promised(found, form, staff):
        return redirect("desk:award_support", found.pk)
    if request.method == "GET":
        _looked(found, staff)
    page = {
        "award": found,
        "name": mask_name(found.payee_name),
        "parts": parts_beside(found),
        "form": form,
        "may_arrange": may(staff, "support.arrange", found.town),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/award_support.html", page, status=422 if form.errors else 200)


def _promised(found: Any, form: Any, staff: Any) -> bool:
    given = dict(form.cleaned_data)
    token, value = given.pop("token"), given.pop("value")
    told = Promise(**given, value_fen=value)
    try:
        promise_beside_award(token, found.pk, told, by=staff, at=now())
    except (Invalid, Conflict) as refusal:
        beside(form, refusal)
        return False
    return True


def _looked(found: Any, staff: Any) -> None:
    with transaction.atomic():
        about = f"award:{found.pk}"
        write("support.award_viewed", actor=actor_of(staff), subject=about, chain=found.county)
