"""F16 发放花名册: the paper, by town or whole, and the sheet; masked, or whole for a purpose."""

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits import queries
from doudi.benefits.letters import roster_data, roster_rows, roster_sheet
from doudi.desk.forms.finance import RosterForm
from doudi.kernel.errors import Invalid
from doudi.paper.forms import find_form
from doudi.paper.typst import render
from doudi.regions.queries import path_names
from doudi.ui.access import officer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@officer("roll.view")
@require_http_methods(["GET", "HEAD", "POST"])
def roster_pdf(request: HttpRequest, roll_id: UUID) -> HttpResponse:
    """The paper; `?town=` for one town of a large county."""
    roll, rows = _told(request, roll_id, "pdf")
    name = path_names([roll.county])[roll.county]
    content = render(
        find_form("F16").template, roster_data(roll, rows, name), pack=settings.DOUDI_PACK_DIR
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="F16-{roll.number}.pdf"'
    return response


@officer("roll.view")
@require_http_methods(["GET", "HEAD", "POST"])
def roster_xlsx(request: HttpRequest, roll_id: UUID) -> HttpResponse:
    """The sheet, with the differences to last month beside it."""
    roll, rows = _told(request, roll_id, "xlsx")
    own, asked = queries.towns_of(roll, request.staff), _town(request)
    towns = [asked] if asked and (not own or asked in own) else own
    response = HttpResponse(roster_sheet(roll, rows, towns), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="F16-{roll.number}.xlsx"'
    return response


def _told(request: HttpRequest, roll_id: UUID, form: str) -> tuple[Any, Any]:
    """The lines the officer may read; whole only by POST with a purpose, journalled before."""
    staff = request.staff
    roll = queries.roll(roll_id, staff)
    payments = queries.payments_seen(roll, staff)
    if town := _town(request):
        payments = payments.filter(award__town=town)
    purpose = _purpose(request, roll) if request.method == "POST" else ""
    with transaction.atomic():
        write(
            "benefits.roster_in_full" if purpose else "benefits.roster",
            actor=actor_of(staff),
            subject=f"roll:{roll.pk}",
            chain=roll.county,
            purpose=purpose,
            detail={"form": form},
        )
    return roll, roster_rows(roll, payments, full=bool(purpose))


def _town(request: HttpRequest) -> str:
    town = request.GET.get("town", "")
    return town if re.fullmatch(r"[0-9]{9}", town) else ""


def _purpose(request: HttpRequest, roll: Any) -> str:
    require(request.staff, "roll.print", roll.county)
    form = RosterForm(request.POST)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    return str(form.cleaned_data["purpose"])
