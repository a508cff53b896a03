"""审核: one person signs the town's opinion on the newest assessment; he may not confirm.

Clause: DB57 art 19; HZ30
Move:   ASSESSED -> REVIEWED      Right: case.review      Says: CaseReviewed
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, may_move, move
from doudi.cases.events import CaseReviewed
from doudi.cases.file import CaseFile
from doudi.cases.gates import review_gates
from doudi.cases.models import Opinion
from doudi.cases.queries import newest_assessment
from doudi.kernel.errors import Missing
from doudi.outbox.announce import announce


def review(case_id: UUID, text: str, *, version: int | None, by: Staff, at: dt.datetime) -> Opinion:
    """Missing lists what is not there: report or its word, visit by two, assessment, opinion."""
    with transaction.atomic():
        case = locked(case_id, version)
        may_move(case, "review", by)
        shut = [g.sentence for g in review_gates(CaseFile(case), by) if not g.open]
        if not 0 < len(text.strip()) <= 1000:
            shut.append("请填写审核意见（不超过1000个字）")
        if shut:
            raise Missing(shut)
        move(case, "review", by=by, at=at, version=version)
        opinion = Opinion.objects.create(
            case=case,
            at=case.last_event_at,
            by_id=str(by.pk),
            by_name=by.name,
            assessment=newest_assessment(case),
            agrees=True,
            text=text,
        )
        announce(CaseReviewed(case.pk))
    return opinion
