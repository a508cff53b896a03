"""见证授权: at the counter, for those who sign on paper, by thumbprint or through a guardian."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from doudi.accounts.queries import actor_of, require
from doudi.attachments.checks import UploadRefused
from doudi.attachments.intake import take_in
from doudi.cases.file import CaseFile, case_file
from doudi.clock.time import now, today
from doudi.desk.forms.witness import WitnessForm
from doudi.desk.views.case import frame, looked
from doudi.kernel.errors import NotFound
from doudi.ui.access import officer
from doudi.ui.words import said
from doudi.vault.masking import mask_name
from doudi.verification.actions.sign_consent import Signature, sign_consent
from doudi.verification.catalog.texts import authorisation
from doudi.verification.queries import missing_consents


@officer("consent.witness")
@require_http_methods(["GET", "POST"])
def witness(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The text to read out, who has not signed yet, and the sheet that was signed."""
    staff = request.staff
    file = case_file(case_id, staff)
    require(staff, "consent.witness", file.case.town)
    members = unsigned(file)
    form = WitnessForm(request.POST or None, request.FILES or None, members=members)
    if request.method == "POST" and form.is_valid() and _witnessed(file, form, staff):
        return redirect(f"{reverse('desk:case', args=[case_id])}?tab=consents")
    if request.method == "GET":
        looked(file, staff, "act:witness")
    page = frame(file, staff) | {
        "form": form,
        "members": members,
        "text": authorisation(get_language() or "zh"),
    }
    return render(request, "desk/witness.html", page, status=422 if form.errors else 200)


def unsigned(file: CaseFile) -> dict[str, str]:
    """Member key → masked name of whoever has no living authorisation."""
    names = {m["key"]: mask_name(m["name"]) for m in file.declaration["members"]}
    missing = missing_consents(file.case.application_id, list(names), today())
    return {key: names[key] for key in missing}


def _witnessed(file: CaseFile, form: WitnessForm, staff: Any) -> bool:
    """The sheet is kept and the authorisation stored together, or neither."""
    data, ref = form.cleaned_data, file.case.application_id
    member = next((m for m in file.declaration["members"] if m["key"] == data["member"]), None)
    if member is None:
        raise NotFound
    by = actor_of(staff)
    try:
        with transaction.atomic():
            sheet = take_in(
                data["sheet"], subject=f"application:{ref}", kind="authorisation", actor=by
            )
            signature = _signature(member, data, staff.name, sheet)
            sign_consent(ref, signature, by=by, at=now())
    except UploadRefused as refused:
        form.add_error("sheet", said(refused.sentence))
        return False
    return True


def _signature(member: dict[str, Any], data: dict[str, Any], witness: str, sheet: Any) -> Signature:
    guarded = data["manner"] == "guardian"
    return Signature(
        member_key=member["key"],
        name=member["name"],
        id_number=member["id_number"],
        relation=member["relation"],
        signed_by=data["guardian"].strip() if guarded else member["name"],
        manner=data["manner"],
        guardian_of=member["name"] if guarded else "",
        witness=witness,
        evidence={"sheet": str(sheet.pk), "sheet_sha256": sheet.sha256, "read_out": True},
    )
