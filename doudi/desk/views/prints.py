"""打印: the forms of a case as PDF, and the notice as it will hang."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.file import case_file
from doudi.cases.letters.data import letters_data
from doudi.clock.demo_mark import is_demo
from doudi.paper.forms import find_form
from doudi.paper.typst import render
from doudi.ui.access import officer


@officer("case.print")
@require_safe
def pdf(request: HttpRequest, case_id: UUID, form: str) -> HttpResponse:
    """One form, filled; printing is journalled. NotFound for a form the case has no data for."""
    file = case_file(case_id, request.staff)
    require(request.staff, "case.print", file.case.town)
    sheet = find_form(form)
    data = letters_data(case_id, sheet.code)
    with transaction.atomic():
        write(
            "case.printed",
            actor=actor_of(request.staff),
            subject=f"case:{file.case.pk}",
            chain=file.case.county,
            detail={"form": sheet.code},
        )
    content = render(sheet.template, data | {"demo": is_demo()}, pack=settings.DOUDI_PACK_DIR)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{sheet.code}-{file.case.number}.pdf"'
    return response


@officer("case.view")
@require_safe
def notice(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The notice sheet is the tab of the case; its paper is F12."""
    case_file(case_id, request.staff)
    return redirect(f"{request.path.removesuffix('notice/')}?tab=notice")
