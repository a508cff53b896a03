"""一事一议: a case that the rules cannot settle is talked over; the outcome is a proposal.

It changes no amount and no finding: whoever assesses, reviews and confirms still signs alone.

Clause: LS23 二(三)
Move:   under way, stays      Right: case.conference      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.models import Case, Conference
from doudi.kernel.errors import Invalid

FEWEST = 3
LONGEST_QUESTION = 1000
LONGEST_PROPOSAL = 4000


@dataclass(frozen=True)
class Talk:
    """When, who from which office, what the rules leave open, and what was proposed."""

    on: dt.date
    participants: Sequence[str]
    question: str
    proposal: str


def record_conference(
    case_id: UUID, talk: Talk, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """Invalid for fewer than three people, a day to come, or without question or proposal."""
    wrong = {field: sentence for field, bad, sentence in _complaints(talk, at.date()) if bad}
    if wrong:
        raise Invalid(wrong)
    with transaction.atomic():
        case = move(
            locked(case_id, version),
            "record_conference",
            by=by,
            at=at,
            version=version,
            note="一事一议",
        )
        Conference.objects.create(
            case=case,
            at=case.last_event_at,
            by_id=str(by.pk),
            by_name=by.name,
            on=talk.on,
            participants=list(talk.participants),
            question=talk.question.strip(),
            proposal=talk.proposal.strip(),
        )
    return case


def _complaints(talk: Talk, today: dt.date) -> list[tuple[str, bool, str]]:
    """Field, whether it is wrong, and the sentence for it."""
    question, proposal = talk.question.strip(), talk.proposal.strip()
    return [
        ("on", talk.on > today, "会议日期不能晚于今天"),
        ("participants", len(set(talk.participants)) < FEWEST, "参会人员至少三人"),
        ("question", not 5 <= len(question) <= LONGEST_QUESTION, "请写明哪一点政策没有规定"),
        ("proposal", not 2 <= len(proposal) <= LONGEST_PROPOSAL, "请填写会议意见"),
    ]
