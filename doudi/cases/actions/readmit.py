"""重新受理: an application that was not accepted is looked at anew after an appeal.

Clause: SI649 arts 60, 65; DB57 art 10
Move:   NOT_ACCEPTED -> SUBMITTED      Right: case.reopen, or the system after an appeal
Says:   CaseReturned
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.cases.actions.move import By, locked, move
from doudi.cases.events import CaseReturned
from doudi.cases.models import Case
from doudi.outbox.announce import announce


def readmit(case_id: UUID, *, version: int | None, by: By, at: dt.datetime) -> Case:
    """Back to the town's list; the town looks at every gate of acceptance again."""
    with transaction.atomic():
        case = move(
            locked(case_id, version),
            "readmit",
            by=by,
            at=at,
            version=version,
            note="申诉成立，重新受理",
            ended_at=None,
        )
        announce(CaseReturned(case.pk))
    return case
