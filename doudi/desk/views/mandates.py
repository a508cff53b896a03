"""委托代办 at the window: for those who have no phone or do not write."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from doudi.accounts.queries import actor_of, require
from doudi.attachments.checks import UploadRefused
from doudi.attachments.intake import take_in
from doudi.cases.file import CaseFile, case_file
from doudi.clock.time import now, today
from doudi.desk.forms.mandate import PaperMandateForm
from doudi.desk.views.case import frame, looked
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.mandates import queries
from doudi.mandates.actions.give_mandate import Given, give_mandate
from doudi.mandates.actions.withdraw_mandate import withdraw_mandate
from doudi.mandates.flow import MATTERS
from doudi.ui.access import officer
from doudi.ui.words import beside, said
from doudi.vault.masking import mask_name

MONTH = dt.timedelta(days=30)


@officer("consent.witness")
@require_http_methods(["GET", "POST"])
def mandate(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who may act for this applicant, and the form for one more on paper."""
    staff = request.staff
    file = case_file(case_id, staff)
    require(staff, "consent.witness", file.case.town)
    data = request.POST if request.method == "POST" else None
    form = PaperMandateForm(data, request.FILES or None, initial={"until_on": today() + MONTH})
    if data is not None and form.is_valid() and _given(file, form, staff):
        return redirect("desk:case_mandate", case_id)
    if data is None:
        looked(file, staff, "act:mandate")
    page = frame(file, staff) | {
        "form": form,
        "living": [_line(m) for m in queries.living_mandates(case_id, today())],
    }
    return render(request, "desk/mandate.html", page, status=422 if form.errors else 200)


@officer("consent.witness")
@require_POST
def stop(request: HttpRequest, case_id: UUID, mandate_id: UUID) -> HttpResponse:
    """撤回委托 for an applicant who came to the window."""
    file = case_file(case_id, request.staff)
    if queries.mandate_by_id(mandate_id).case_id != file.case.pk:
        raise NotFound
    withdraw_mandate(mandate_id, by=request.staff, at=now())
    return redirect("desk:case_mandate", case_id)


def _given(file: CaseFile, form: PaperMandateForm, staff: Any) -> bool:
    """The sheet is kept and the mandate stored together, or neither."""
    told = {k: v for k, v in form.cleaned_data.items() if k not in ("sheet", "read_out")}
    ref = f"application:{file.case.application_id}"
    try:
        with transaction.atomic():
            sheet = take_in(
                form.cleaned_data["sheet"], subject=ref, kind="mandate", actor=actor_of(staff)
            )
            given = Given(**told, sheet_sha256=sheet.sha256)
            give_mandate(file.case.pk, given, by=staff, at=now())
    except UploadRefused as refused:
        form.add_error("sheet", said(refused.sentence))
        return False
    except (Invalid, Conflict) as refusal:
        beside(form, refusal)
        return False
    return True


def _line(found: Any) -> dict[str, Any]:
    return {
        "mandate": found,
        "name": mask_name(found.name.open()),
        "witness": mask_name(found.witness.open() or ""),
        "matters": [MATTERS[m] for m in found.matters],
    }
