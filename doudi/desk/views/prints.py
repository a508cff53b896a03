"""打印: the forms of a case as PDF, masked; in full only for a purpose."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.file import CaseFile, case_file
from doudi.cases.letters.data import letter_data
from doudi.cases.letters.genuine import with_mark
from doudi.clock.demo_mark import is_demo
from doudi.desk.forms.reveal import PurposeForm
from doudi.desk.views.reports import require_leave
from doudi.kernel.errors import Invalid
from doudi.paper.forms import find_form
from doudi.paper.typst import render
from doudi.ui.access import officer


@officer("case.print")
@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: HttpRequest, case_id: UUID, form: str) -> HttpResponse:
    """One form, filled and journalled; `?lang=en` where it has English.

    A GET masks ID numbers, phones and accounts; a POST prints them whole for a purpose. NotFound
    for a form that the case has no data for.
    """
    staff, code = request.staff, find_form(form).code
    file = case_file(case_id, staff)
    require(staff, "case.print", file.case.town)
    if code == "F07-2" and "blank" not in request.GET:
        require_leave(file)
    purpose = _purpose(request, file) if request.method == "POST" else ""
    language = request.GET.get("lang", "zh")
    if "blank" in request.GET:
        return _as_pdf(code, {"blank": True, "demo": is_demo()}, f"{code}-blank")
    data = letter_data(case_id, code, language=language, full=bool(purpose))
    with transaction.atomic():
        write(
            "case.printed_in_full" if purpose else "case.printed",
            actor=actor_of(staff),
            subject=f"case:{file.case.pk}",
            chain=file.case.county,
            purpose=purpose,
            detail={"form": code},
        )
    return _as_pdf(code, with_mark(data, case_id, code), f"{code}-{file.case.number}")


def _as_pdf(code: str, data: dict[str, Any], name: str) -> HttpResponse:
    content = render(find_form(code).template, data, pack=settings.DOUDI_PACK_DIR)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _purpose(request: HttpRequest, file: CaseFile) -> str:
    """The purpose from the list; whoever may not reveal may not print in full either."""
    require(request.staff, "person.reveal", file.case.town)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    return str(form.cleaned_data["purpose"])


@officer("case.view")
@require_safe
def notice(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The notice sheet is the tab of the case; its paper is F12."""
    case_file(case_id, request.staff)
    return redirect(f"{request.path.removesuffix('notice/')}?tab=notice")
