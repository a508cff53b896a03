"""申诉: until when, to whom, in how many days; then one box for words."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from doudi.cases import queries as cases
from doudi.clock.time import now, today
from doudi.kernel.errors import NotFound
from doudi.portal.forms.appeal import AppealForm
from doudi.portal.forms.fields import posted
from doudi.redress.actions.file_appeal import file_appeal
from doudi.redress.queries import answer_by, appeals_of, chance_to_appeal
from doudi.regions.queries import office_phone, path_name
from doudi.ui.access import resident


@resident
@require_http_methods(["GET", "POST"])
def appeal(request: Any, case_id: UUID) -> HttpResponse:
    """The appeals of the own case, and the form while there is a decision to appeal."""
    case = cases.case_for_resident(case_id, request.resident.phone_index)
    filed, chance = appeals_of(case.pk), chance_to_appeal(case, today())
    if chance is None and not filed:
        raise NotFound("还没有可以申诉的决定")
    form = AppealForm(posted(request))
    if request.method == "POST" and form.is_valid():
        file_appeal(case.pk, form.cleaned_data["text"], by=request.resident.actor(), at=now())
        return redirect("portal:appeal", case_id)
    page = {
        "case": case,
        "form": form,
        "chance": chance if chance and not chance.filed else None,
        "appeals": [{"appeal": a, "text": a.text.open(), "answer": a.answer.open()} for a in filed],
        "county": path_name(case.county),
        "phone": office_phone(case.county),
        "answer_by": answer_by("appeal_answer", today()),
        "months": cases.pack().book.general("redress.court_months", today()),
    }
    return render(request, "portal/appeal.html", page, status=422 if form.errors else 200)
