"""材料: a checked upload, shown in a sandbox of its own."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from doudi.accounts.queries import actor_of
from doudi.attachments.intake import attachments_of, read
from doudi.audit.journal import write
from doudi.cases.file import case_file
from doudi.kernel.errors import NotFound
from doudi.ui.access import officer

SANDBOX = "default-src 'none'; img-src 'self'; sandbox"
SHOWN = ("image/jpeg",)


@officer("case.view")
@require_safe
def paper(request: HttpRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """A picture is shown, anything else is downloaded; either way it is journalled first."""
    file = case_file(case_id, request.staff)
    mine = attachments_of(f"application:{file.case.application_id}")
    found = next((a for a in mine if a.pk == paper_id), None)
    if found is None:
        raise NotFound
    with transaction.atomic():
        write(
            "attachment.viewed",
            actor=actor_of(request.staff),
            subject=f"case:{file.case.pk}",
            chain=file.case.county,
            detail={"paper": str(found.pk)},
        )
    ending = "jpg" if found.mime in SHOWN else "pdf"
    manner = "inline" if found.mime in SHOWN else "attachment"
    content, mime = read(found.pk)
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = f'{manner}; filename="{found.pk}.{ending}"'
    response["Content-Security-Policy"] = SANDBOX
    return response
