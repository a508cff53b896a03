"""查看完整信息: one value at a time; the journal is written before it is opened."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.file import case_file
from doudi.desk.forms.reveal import FIELDS, OF_HOUSEHOLD, PURPOSES, RevealForm
from doudi.kernel.errors import Invalid, NotFound
from doudi.ui.access import officer


@officer("person.reveal")
@require_POST
def reveal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Shows the value on a page of its own that no cache keeps."""
    staff = request.staff
    file = case_file(case_id, staff)
    require(staff, "person.reveal", file.case.town)
    form = RevealForm(request.POST)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    asked = form.cleaned_data
    with transaction.atomic():
        write(
            "person.revealed",
            actor=actor_of(staff),
            subject=f"case:{file.case.pk}",
            chain=file.case.county,
            purpose=asked["purpose"],
            detail={"field": asked["field"], "member": asked["member"]},
        )
    page = {
        "case": file.case,
        "label": dict(FIELDS)[asked["field"]],
        "purpose": dict(PURPOSES)[asked["purpose"]],
        "value": value_of(file.declaration, asked["field"], asked["member"]),
    }
    return render(request, "desk/reveal.html", page)


def value_of(declaration: Mapping[str, Any], field: str, key: str) -> str:
    """The full value as declared; empty where there is none, NotFound for a strange member."""
    applicant = declaration["applicant"]
    if field == "account":
        return str((applicant.get("bank") or {}).get("account", ""))
    if field in OF_HOUSEHOLD:
        return str(applicant.get(field, ""))
    member = next((m for m in declaration["members"] if m["key"] == key), None)
    if member is None:
        raise NotFound
    own = member.get(field) or (applicant.get(field) if key == "m1" else "")
    return str(own or "")
