"""户籍地协查入卷: the timeline says that the hukou place was asked, and that it answered.

Clause: DB57 art 5 (who applies where he lives); DOUDI R25
Move:   none      Right: called by the requests to the hukou place      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.cases.actions.move import locked, not_before
from doudi.cases.models import Step
from doudi.kernel.sentences import packed

ASKED, ANSWERED = "ask_place", "place_answered"


def record_place(case_id: UUID, what: str, note: str, *, by: Actor, at: dt.datetime) -> None:
    """One line of the case's story, ASKED or ANSWERED; stage, clock and version stay."""
    with transaction.atomic():
        held = locked(case_id)
        Step.objects.create(
            case=held,
            at=not_before(held, at),
            by_id=by.id,
            by_name=by.name,
            order=held.version * 10 + 7,
            move=what,
            stage=held.stage,
            note=note[:400],
            words=packed(note),
            public=True,
        )
