"""退回整改: an answer that does not hold, or a closed one that proves open, goes back to the town.

Clause: ux.md A06 (accept, reopen)
Move:   answered or closed -> open      Right: rectify.raise of the county or the auditor
Says:   nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.kernel.errors import Conflict, WrongStage
from doudi.supervision.actions.answer_rectification import locked
from doudi.supervision.actions.issue_sheet import said
from doudi.supervision.actions.raise_rectification import journalled, line
from doudi.supervision.flow import OPEN
from doudi.supervision.models import Rectification
from doudi.supervision.queries import due_after


def return_rectification(
    rectify_id: UUID, word: str, *, by: Staff, at: dt.datetime
) -> Rectification:
    """With a reason and a new last day; the answer before it stays in the story."""
    try:
        with transaction.atomic():
            found = locked(rectify_id)
            require(by, "rectify.raise", found.town)
            if found.state == OPEN:
                raise WrongStage("return_rectification", OPEN, "还没有整改情况，不用退回")
            found.state, found.word, found.answer = OPEN, said(word, "word"), ""
            found.answered_by_id, found.answered_by, found.answered_at = "", "", None
            found.closed_by_id, found.closed_by, found.closed_at = "", "", None
            found.round, found.due_on = found.round + 1, due_after("rectify", at.date())
            found.story = [*found.story, line(at, by.name, "returned", found.word)]
            found.save()
            journalled("returned", found, actor_of(by))
    except IntegrityError:
        raise Conflict("同一个问题已经另有一条在整改") from None
    return found
