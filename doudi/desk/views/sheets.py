"""急难审批表, 线索单 and 发放花名册 as paper: F11, F18 and F16, each journalled first."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits import queries as benefits
from doudi.desk.forms.reveal import PurposeForm
from doudi.desk.then_now import figures_then
from doudi.discrepancies.queries import about, inquiry_for
from doudi.filing.letters.genuine import with_change_mark
from doudi.filing.letters.inquiries import inquiry_sheet
from doudi.filing.letters.rooms import advance_sheet, lead_sheet, roll_sheet
from doudi.filing.letters.upkeep import change_letter, recheck_sheet
from doudi.kernel.errors import Invalid, NotFound
from doudi.mandates.queries import lead_for
from doudi.paper.typst import render
from doudi.supervision.letters import rectify_sheet
from doudi.supervision.worklist import rectification_for
from doudi.ui.access import officer
from doudi.upkeep.queries import proposal_for, recheck_for
from doudi.urgent.queries import call as call_for


@officer("case.print")
@require_safe
def urgent_sheet(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """F11 of relief that was given first; numbers masked."""
    call = call_for(call_id, request.staff)
    require(request.staff, "case.print", call.town)
    data = advance_sheet(call)
    _journal(request, "urgent.printed", f"help:{call.pk}", call.county)
    return _pdf("F11", data, call.number)


@officer("lead.close")
@require_safe
def lead_print(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    """F18 of a household that was found; who did not agree has no name on it."""
    found = lead_for(lead_id, request.staff)
    require(request.staff, "lead.close", found.village_id)
    _journal(request, "lead.printed", f"lead:{found.pk}", found.county)
    return _pdf("F18", lead_sheet(found), str(found.pk))


@officer("roll.view")
@require_http_methods(["GET", "HEAD", "POST"])
def roll_print(request: HttpRequest, roll_id: UUID) -> HttpResponse:
    """F16 of one town's lines: masked on GET, whole by POST for a purpose."""
    staff = request.staff
    roll = benefits.roll(roll_id, staff)
    towns = benefits.towns_with_lines(roll, staff)
    town = request.GET.get("town") or (towns[0] if towns else "")
    if town not in towns:
        raise NotFound("这个镇（街道）在这份名册里没有发放")
    purpose = _purpose(request, town) if request.method == "POST" else ""
    payments = benefits.lines_of_town(roll, staff, town)
    action = "roll.printed_in_full" if purpose else "roll.printed"
    _journal(request, action, f"roll:{roll.pk}", roll.county, purpose, {"town": town})
    return _pdf("F16", roll_sheet(roll, town, payments, full=bool(purpose)), roll.number)


@officer("case.print")
@require_safe
def change_print(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """F14 of a proposed or decided change; `?lang=en` in English."""
    found = proposal_for(proposal_id, request.staff)
    require(request.staff, "case.print", found.town)
    _journal(request, "award.change_printed", f"award:{found.award_id}", found.county)
    data = change_letter(found, request.GET.get("lang", "zh"))
    return _pdf("F14", with_change_mark(data, found.pk), found.award.number)


@officer("case.print")
@require_safe
def recheck_print(request: HttpRequest, recheck_id: UUID) -> HttpResponse:
    """F17: done, or with the last time filled in to take along to the visit."""
    found = recheck_for(recheck_id, request.staff)
    require(request.staff, "case.print", found.town)
    data = recheck_sheet(found, figures_then(found.award))
    _journal(request, "award.recheck_printed", f"award:{found.award_id}", found.county)
    return _pdf("F17", data, found.award.number)


@officer("case.print")
@require_safe
def inquiry_print(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """F19 of an inquiry, filled as far as it is worked on."""
    found = inquiry_for(inquiry_id, request.staff)
    require(request.staff, "case.print", found.village)
    _journal(request, "inquiry.printed", about(found), found.county)
    return _pdf("F19", inquiry_sheet(found), found.number)


@officer("rectify.view")
@require_safe
def rectify_print(request: HttpRequest, rectify_id: UUID) -> HttpResponse:
    """F27: the notice, with the answer and the closing once they are there."""
    found = rectification_for(rectify_id, request.staff)
    _journal(request, "supervision.rectify_printed", f"rectify:{found.pk}", found.county)
    return _pdf("F27", rectify_sheet(found), found.number)


def _purpose(request: HttpRequest, town: str) -> str:
    require(request.staff, "person.reveal", town)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    return str(form.cleaned_data["purpose"])


def _journal(
    request: HttpRequest,
    action: str,
    subject: str,
    chain: str,
    purpose: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    with transaction.atomic():
        write(
            action,
            actor=actor_of(request.staff),
            subject=subject,
            chain=chain,
            purpose=purpose,
            detail=detail or {},
        )


def _pdf(code: str, data: dict[str, Any], name: str) -> HttpResponse:
    content = render(code, data, pack=settings.DOUDI_PACK_DIR)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}-{name}.pdf"'
    return response
