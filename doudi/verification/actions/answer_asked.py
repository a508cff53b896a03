"""部门答复: files what a department itself answered about single persons, and reports again.

Only what is still owed is filled, and only under a leave that lives; the first report stays.

Clause: DB57 art 17; PIPL art 13 (only with the person's leave)
Move:   none      Right: request.answer, checked by departments/actions
Says:   VerificationReported
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.verification.actions.issue_report import issue_report
from doudi.verification.dues import open_asks
from doudi.verification.models import Answer

SOURCE = "部门答复"


@dataclass(frozen=True)
class Given:
    """What was found of one person in one item; no rows: an explicit nothing."""

    answer_id: UUID
    rows: tuple[Mapping[str, str], ...]
    as_of: dt.date


def answer_asked(
    items: Sequence[str], given: Sequence[Given], *, by: Actor, at: dt.datetime
) -> int:
    """How many answers were filed; those that are owed no more are passed over."""
    told = {one.answer_id: one for one in given}
    with transaction.atomic():
        owed = list(open_asks(items, at.date()).filter(pk__in=list(told)))
        for answer in owed:
            _file(answer, told[answer.pk], at)
        for answer in owed:
            answer.save()
        requests = {a.asked.request_id: a.asked.request for a in owed}
        for request in requests.values():
            count = sum(a.asked.request_id == request.pk for a in owed)
            write(
                "verification.answered",
                actor=by,
                subject=f"request:{request.pk}",
                chain=request.county,
                detail={"answers": count},
            )
            issue_report(request.pk, at)
    return len(owed)


def _file(answer: Answer, given: Given, at: dt.datetime) -> None:
    answer.state = Answer.State.RECORD if given.rows else Answer.State.NO_RECORD
    answer.as_of, answer.returned_at = given.as_of, at
    answer.source, answer.error = SOURCE, ""
    answer.record = [dict(row) for row in given.rows]
