"""不予受理: with facts, clause, other roads and a letter.

Clause: DB57 art 10; SI649 art 60
Move:   SUBMITTED, AWAITING_PAPERS -> NOT_ACCEPTED      Right: case.decline
Says:   ApplicationDeclined
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.events import ApplicationDeclined
from doudi.cases.models import Case, Letter
from doudi.kernel.errors import Missing
from doudi.outbox.announce import announce


def decline(case_id: UUID, reason: str, *, version: int | None, by: Staff, at: dt.datetime) -> Case:
    """Missing without a reason of 10 to 400 characters: the applicant must understand it."""
    if not 10 <= len(reason.strip()) <= 400:
        raise Missing(["请写明不予受理的事实和依据（10到400个字）"])
    with transaction.atomic():
        case = move(locked(case_id, version), "decline", by=by, at=at, version=version, note=reason)
        Letter.objects.create(
            case=case, at=case.last_event_at, by_id=str(by.pk), by_name=by.name, form="rejection"
        )
        announce(ApplicationDeclined(case.pk))
    return case
