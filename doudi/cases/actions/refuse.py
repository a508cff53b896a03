"""不予确认: facts, clause, other roads and remedies, in a letter.

Clause: DB57 art 21; SI649 art 65
Move:   ASSESSED, REVIEWED, NOTICED -> REFUSED      Right: case.refuse      Says: DecisionRefused
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.events import DecisionRefused
from doudi.cases.models import Decision, Letter, PublicNotice
from doudi.cases.queries import newest_assessment
from doudi.kernel.errors import Missing
from doudi.outbox.announce import announce


def refuse(
    case_id: UUID, reason: str, *, version: int | None, by: Staff, at: dt.datetime
) -> Decision:
    """Missing without a reason the applicant can understand; nobody refuses what he assessed."""
    with transaction.atomic():
        case = locked(case_id, version)
        assessment = newest_assessment(case)
        shut = [] if 10 <= len(reason.strip()) <= 1000 else ["请写明事实和依据（10到1000个字）"]
        if assessment.by_id == str(by.pk):
            shut.append("核算人不能作出不予确认决定，请由另一人办理")
        if shut:
            raise Missing(shut)
        move(case, "refuse", by=by, at=at, version=version, note=reason)
        PublicNotice.objects.filter(case=case, taken_down_at=None).update(taken_down_at=at)
        who = {"case": case, "at": case.last_event_at, "by_id": str(by.pk), "by_name": by.name}
        decision = Decision.objects.create(
            **who, assessment=assessment, granted=False, reason=reason
        )
        Letter.objects.create(**who, form="F13")
        announce(DecisionRefused(case.pk, decision.pk))
    return decision
