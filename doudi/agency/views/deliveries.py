"""交付记录: what came, its receipt with the check's report, and the rows to mend."""

from typing import Any, cast
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.accounts.queries import actor_of
from doudi.agency.words import listed, named, reason, summed
from doudi.attachments.bulk import blocks_of
from doudi.audit.journal import write
from doudi.departments import queries
from doudi.departments.flow import OPEN
from doudi.kernel.errors import NotFound
from doudi.ui.access import officer
from doudi.ui.progress import again, progress
from doudi.verification.catalog.items import item

PAGE = 50
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@officer("delivery.view")
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """The department's history, newest first."""
    rows = queries.uploads_of(queries.agency_of(request.staff))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [{"upload": upload, "name": named(item(upload.item))} for upload in page]
    return render(request, "agency/deliveries.html", {"page": page, "lines": lines})


@officer("delivery.view")
@require_safe
def receipt(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """The receipt; while it is checked how far that is, afterwards what is wrong in plain words."""
    upload = queries.upload_of(queries.agency_of(request.staff), upload_id)
    working = upload.state in OPEN
    page = Paginator(upload.faults, PAGE).get_page(request.GET.get("page"))
    told = {
        "upload": upload,
        "name": named(item(upload.item)),
        "working": working,
        "progress": progress(upload.read / max(upload.rows_told, 1), upload.begun_at),
        "refused": _refused(upload),
        "bad": _bad(upload),
        "reasons": summed(upload.reasons),
        "page": page,
        "faults": listed(page),
    }
    response = render(request, "agency/receipt.html", told)
    return again(response) if working else response


def _bad(upload: Any) -> int:
    """Rows to mend: of a file that went back only the faulty ones, though none was taken in."""
    told = upload.refused.get("values", {}) if upload.refused else {}
    if "bad" in told:
        return int(told["bad"])
    if upload.refused:
        return len({row for row, *_fault in upload.faults if row})
    return int(upload.read - upload.accepted)


def _refused(upload: Any) -> dict[str, Any]:
    """Why the whole file goes back, and the rows that are to blame as a spreadsheet counts them."""
    if not upload.refused:
        return {}
    told = upload.refused
    rows = [row + 1 for row in told["rows"]]
    values = told["values"] | ({"row": rows[0]} if rows else {})
    return {"reason": reason(told["code"], values), "rows": rows[:20], "more": len(rows) > 20}


@officer("delivery.view")
@require_safe
def mend(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """The sender's own faulty rows, as he sent them; journalled before the first byte."""
    upload = queries.upload_of(queries.agency_of(request.staff), upload_id)
    if not upload.errors_name:
        raise NotFound
    with transaction.atomic():
        write(
            "departments.mend_fetched",
            actor=actor_of(request.staff),
            subject=f"upload:{upload.pk}",
        )
    answer = StreamingHttpResponse(blocks_of(upload.errors_name), content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{upload.number}-mend.xlsx"'
    return cast(HttpResponse, answer)
