"""撤回申请: the applicant takes it back; he may apply again at any time.

Clause: DB57 art 29
Move:   every open stage -> WITHDRAWN      Right: the applicant, or case.withdraw
Says:   ApplicationWithdrawn
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.cases.actions.move import By, locked, move
from doudi.cases.events import ApplicationWithdrawn
from doudi.cases.models import Case, PublicNotice
from doudi.outbox.announce import announce


def withdraw(case_id: UUID, reason: str, *, by: By, at: dt.datetime) -> Case:
    """Ends the case; an officer needs the right and the applicant's reason."""
    with transaction.atomic():
        case = locked(case_id)
        if isinstance(by, Staff):
            require(by, "case.withdraw", case.town)
        move(case, "withdraw", by=by, at=at, version=None, note=reason)
        PublicNotice.objects.filter(case=case, taken_down_at=None).update(taken_down_at=at)
        announce(ApplicationWithdrawn(case.pk))
    return case
