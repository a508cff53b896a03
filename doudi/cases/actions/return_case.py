"""退回: back to investigation, with a reason; what was found stays on file.

Clause: DB57 art 19
Move:   ASSESSED, REVIEWED, NOTICED -> ACCEPTED      Right: case.return      Says: CaseReturned
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.events import CaseReturned
from doudi.cases.models import Case, PublicNotice
from doudi.kernel.errors import Missing
from doudi.outbox.announce import announce


def return_case(
    case_id: UUID, reason: str, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """Missing without a reason."""
    if not reason.strip():
        raise Missing(["请写明退回的理由"])
    with transaction.atomic():
        case = move(
            locked(case_id, version),
            "return_case",
            by=by,
            at=at,
            version=version,
            note=reason,
            public=False,
        )
        PublicNotice.objects.filter(case=case, taken_down_at=None).update(taken_down_at=at)
        announce(CaseReturned(case.pk))
    return case
