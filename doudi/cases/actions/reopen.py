"""重新核定: a refused case goes back to investigation after an appeal; the refusal is set aside.

Clause: SI649 art 65; XZFY art 20 (an appeal may end in a new decision)
Move:   REFUSED -> ACCEPTED      Right: case.reopen, or the system after an appeal
Says:   CaseReturned
"""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction

from doudi.cases.actions.move import By, locked, move, not_before
from doudi.cases.events import CaseReturned
from doudi.cases.models import Case, Decision
from doudi.outbox.announce import announce
from doudi.policy.pack import load_pack
from doudi.policy.rules.deadlines import due_on


def reopen(case_id: UUID, *, version: int | None, by: By, at: dt.datetime) -> Case:
    """The clock runs anew from today; what was found stays on file, the old law still counts."""
    pack = load_pack(settings.DOUDI_PACK_DIR)
    with transaction.atomic():
        case = locked(case_id, version)
        at = not_before(case, at)
        deadline = due_on(pack.book, pack.calendar, at.date())
        move(
            case,
            "reopen",
            by=by,
            at=at,
            version=version,
            note="申诉成立，原决定撤销，重新核定",
            ended_at=None,
            reopened_on=at.date(),
            due_on=deadline.on,
            due_provisional=deadline.provisional,
            clerk_id=None,
        )
        standing = Decision.objects.filter(case=case, set_aside_at=None)
        standing.update(set_aside_at=case.last_event_at)
        announce(CaseReturned(case.pk))
    return case
