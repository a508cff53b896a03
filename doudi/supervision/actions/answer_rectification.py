"""整改报告: the town says what it mended and by what that is shown.

Clause: ux.md A06
Move:   open -> answered      Right: rectify.answer of the town      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.kernel.errors import NotFound
from doudi.supervision.actions.issue_sheet import said
from doudi.supervision.actions.raise_rectification import journalled, line
from doudi.supervision.flow import ANSWERED, OPEN, require_state
from doudi.supervision.models import Rectification


def answer_rectification(
    rectify_id: UUID, answer: str, *, by: Staff, at: dt.datetime
) -> Rectification:
    """Once a round; without personal numbers, as it goes into a register."""
    with transaction.atomic():
        found = locked(rectify_id)
        require(by, "rectify.answer", found.town)
        require_state("answer_rectification", found.state, OPEN)
        found.answer, found.state = said(answer, "answer"), ANSWERED
        found.answered_by_id, found.answered_by, found.answered_at = str(by.pk), by.name, at
        found.story = [*found.story, line(at, by.name, "answered", found.answer)]
        found.save()
        journalled("answered", found, actor_of(by))
    return found


def locked(rectify_id: UUID) -> Rectification:
    """Held until the transaction ends; NotFound when there is none."""
    found = Rectification.objects.select_for_update().filter(pk=rectify_id).first()
    if found is None:
        raise NotFound("没有这条整改")
    return found
