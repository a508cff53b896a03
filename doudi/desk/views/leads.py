"""主动发现: households found in the village, by whom, and what became of them."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.clock.time import now, today
from doudi.desk.forms.leads import LeadForm, OutcomeForm
from doudi.kernel.errors import Invalid
from doudi.mandates import queries
from doudi.mandates.actions.close_lead import Outcome, close_lead
from doudi.mandates.actions.file_lead import Seen, file_lead
from doudi.mandates.flow import OPEN
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.vault.masking import mask_name


@officer("lead.list")
@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    """The leads of the own places, what waits first."""
    rows = queries.listed(request.staff, today())
    page = {
        "rows": [(r, mask_name(r.lead.name.open() or "")) for r in rows],
        "may_file": bool(scope(request.staff, "lead.file")),
        "may_search": bool(scope(request.staff, "case.list")),
    }
    return render(request, "desk/leads.html", page)


@officer("lead.file")
@require_http_methods(["GET", "POST"])
def lead_new(request: HttpRequest) -> HttpResponse:
    """登记一户: one short form; pressed twice it is one lead."""
    staff = request.staff
    data = request.POST if request.method == "POST" else None
    form = LeadForm(data, villages=queries.villages_to_file(staff))
    if data is not None and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            lead = file_lead(given.pop("token"), Seen(**given), by=staff, at=now())
            return redirect("desk:lead", lead.pk)
        except Invalid as refusal:
            beside(form, refusal)
    page = {"form": form, "may_search": bool(scope(staff, "case.list"))}
    return render(request, "desk/lead_new.html", page, status=422 if form.errors else 200)


@officer("lead.list")
@require_http_methods(["GET", "POST"])
def lead(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    """One lead, who it is masked; the form for its outcome where the officer may give one."""
    staff = request.staff
    found = queries.lead_for(lead_id, staff)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(staff, "lead.close", found.village_id)
        if form.is_valid() and _closed(found.pk, form, staff):
            return redirect("desk:lead", found.pk)
    _looked(found, staff, "lead.viewed")
    page = _shown(found, staff) | {"form": form}
    return render(request, "desk/lead.html", page, status=422 if form.errors else 200)


def _closed(lead_id: UUID, form: OutcomeForm, staff: Any) -> bool:
    try:
        close_lead(lead_id, Outcome(**form.cleaned_data), by=staff, at=now())
    except Invalid as refusal:
        beside(form, refusal)
        return False
    return True


def _shown(found: Any, staff: Any) -> dict[str, Any]:
    own = may(staff, "lead.close", found.village_id)
    return {
        "lead": found,
        "light": queries.light(found, today()),
        "may_close": own and found.state == OPEN,
        "may_contact": own and found.consent != "declined",
        "name": mask_name(found.name.open() or ""),
        "may_open_case": bool(found.case_id) and may(staff, "case.view", found.town),
        "may_open_call": bool(found.call_id) and may(staff, "urgent.list", found.town),
        "may_search": bool(scope(staff, "case.list")),
    }


@officer("lead.close")
@require_POST
def lead_contact(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    """Name, phone, place and what was seen, once, with a line in the journal."""
    found = queries.lead_for(lead_id, request.staff)
    require(request.staff, "lead.close", found.village_id)
    _looked(found, request.staff, "lead.contact_revealed", "contact")
    facts = [
        (_("姓名"), found.name),
        (_("联系电话"), found.phone),
        (_("住在哪里"), found.spot),
        (_("看到的情况"), found.what),
    ]
    page = {"lead": found, "facts": [(label, sealed.open() or "—") for label, sealed in facts]}
    return render(request, "desk/lead_contact.html", page)


def _looked(found: Any, staff: Any, action: str, purpose: str = "") -> None:
    with transaction.atomic():
        write(
            action,
            actor=actor_of(staff),
            subject=f"lead:{found.pk}",
            chain=found.county,
            purpose=purpose,
        )
