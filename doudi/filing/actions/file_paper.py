"""补入材料: a photograph or scan that belongs to a part of the file, such as a posted notice.

Clause: —
Move:   none      Right: case.visit      Says: nothing
"""

from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.attachments.intake import Upload, take_in
from doudi.audit.journal import write
from doudi.cases.file import case_file
from doudi.filing.file import kind_of
from doudi.filing.flow import SLOTS
from doudi.kernel.errors import Invalid


def file_paper(case_id: UUID, order: int, upload: Upload, *, by: Staff) -> UUID:
    """NotFound outside the officer's towns, Invalid for a part that there is not."""
    case = case_file(case_id, by).case
    require(by, "case.visit", case.town)
    if not 1 <= order <= len(SLOTS):
        raise Invalid({"slot": "请选归档类别"})
    with transaction.atomic():
        subject = f"application:{case.application_id}"
        kept = take_in(upload, subject=subject, kind=kind_of(order), actor=actor_of(by))
        write(
            "case.paper_filed",
            actor=actor_of(by),
            subject=f"case:{case.pk}",
            chain=case.county,
            detail={"paper": str(kept.pk), "part": order},
        )
    return kept.pk
