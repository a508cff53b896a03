"""补正提交: the applicant has added what was asked for.

Clause: DB57 art 10
Move:   AWAITING_PAPERS -> SUBMITTED      Right: the applicant      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.cases.actions.move import By, locked, move
from doudi.cases.models import Case, Supplement


def supplement(case_id: UUID, *, by: By, at: dt.datetime, note: str = "") -> Case:
    """Closes the open request for papers; the files themselves were taken in before."""
    with transaction.atomic():
        case = move(locked(case_id), "supplement", by=by, at=at, version=None, note=note)
        Supplement.objects.filter(case=case, answered_at=None).update(answered_at=at)
    return case
