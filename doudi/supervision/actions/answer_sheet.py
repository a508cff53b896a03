"""答复督办单: why it is late and by when it will be done.

Clause: ux.md C01; DOUDI R15
Move:   none      Right: sheet.answer of the town      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import NotFound, WrongStage
from doudi.supervision.actions.issue_sheet import said
from doudi.supervision.models import Sheet


def answer_sheet(sheet_id: UUID, text: str, *, by: Staff, at: dt.datetime) -> Sheet:
    """Once; the answer takes nothing from the case's own last day."""
    with transaction.atomic():
        sheet = Sheet.objects.select_for_update().filter(pk=sheet_id).first()
        if sheet is None:
            raise NotFound("没有这张督办单")
        require(by, "sheet.answer", sheet.town)
        if sheet.answered_at:
            raise WrongStage("answer_sheet", "answered", "这张督办单已经答复过了")
        sheet.answer, sheet.answered_by, sheet.answered_at = said(text, "answer"), by.name, at
        sheet.save()
        subject = f"case:{sheet.case_id}"
        write("supervision.answered", actor=actor_of(by), subject=subject, chain=sheet.county)
    return sheet
