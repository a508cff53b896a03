"""销号: the county closes what was answered, never the one who answered; nothing unanswered.

Clause: ux.md A06 (closed without proof is what auditors hate)
Move:   answered -> closed      Right: rectify.close of the county      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.kernel.errors import NotAllowed
from doudi.supervision.actions.answer_rectification import locked
from doudi.supervision.actions.issue_sheet import said
from doudi.supervision.actions.raise_rectification import journalled, line
from doudi.supervision.flow import ANSWERED, CLOSED, require_state
from doudi.supervision.models import Rectification


def close_rectification(
    rectify_id: UUID, word: str, *, by: Staff, at: dt.datetime
) -> Rectification:
    """With a word on how it was seen to be mended."""
    with transaction.atomic():
        found = locked(rectify_id)
        require(by, "rectify.close", found.county)
        require_state("close_rectification", found.state, ANSWERED)
        if found.answered_by_id == str(by.pk):
            raise NotAllowed("rectify.close", "写整改情况的人不能销号")
        found.state, found.word = CLOSED, said(word, "word")
        found.closed_by_id, found.closed_by, found.closed_at = str(by.pk), by.name, at
        found.story = [*found.story, line(at, by.name, "closed", found.word)]
        found.save()
        journalled("closed", found, actor_of(by))
    return found
