"""不要转了: whoever agreed to be handed on changes his mind."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from doudi.cases import queries as cases
from doudi.clock.time import now, today
from doudi.kernel.errors import NotFound
from doudi.portal.referred import line
from doudi.referrals import queries
from doudi.referrals.actions.stop_referral import stop_referral
from doudi.ui.access import resident


@resident
@require_http_methods(["GET", "POST"])
def referral_stop(request: Any, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """What it means first, then one button; no reason is asked."""
    case = cases.case_for_resident(case_id, request.resident.phone_index)
    found = next((r for r in queries.referrals_of(case.pk) if r.pk == referral_id), None)
    if found is None:
        raise NotFound
    if request.method == "POST":
        stop_referral(found.pk, by=request.resident.actor(), at=now())
        return redirect("portal:my_case", case_id)
    page = {"case": case, "line": line(queries.row(found, today()))}
    return render(request, "portal/referral_stop.html", page)
