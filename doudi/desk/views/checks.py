"""核对: asks a department again for what it has not returned."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from doudi.cases.file import case_file
from doudi.clock.time import now
from doudi.ui.access import officer
from doudi.verification.actions.ask_again import ask_again


@officer("verification.request")
@require_POST
def ask_department(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The new report is filed by itself; what it changes, people adopt or not."""
    case = case_file(case_id, request.staff).case
    agency = request.POST.get("agency", "")
    ask_again(case.application_id, agency, case.town, by=request.staff, at=now())
    return redirect(f"{reverse('desk:case', args=[case_id])}?tab=checks")
