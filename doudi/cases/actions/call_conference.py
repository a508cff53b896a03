"""召集一事一议: who is asked to come, when, where, and what the rules leave open.

The invitation is printed from this (F08-3); a case waits for the minutes of a called conference.

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
from doudi.cases.queries import pack
from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence

LONGEST_QUESTION = 1000
ALREADY = "已经召集了一次，还没有记录；先把那一次记完"


@dataclass(frozen=True)
class Call:
    """The day and hour, the place, who presides, who is asked from which office, about what."""

    on: dt.date
    time: str
    place: str
    host: str
    invited: Sequence[str]
    question: str


def call_conference(
    case_id: UUID, call: Call, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """Invalid for too few people, a day that is over, no question, or a call that still stands."""
    with transaction.atomic():
        case = locked(case_id, version)
        wrong = _wrong(case, call, at.date())
        if wrong:
            raise Invalid(wrong)
        note = Sentence("召集一事一议：请{n}人", n=len(set(call.invited)))
        case = move(case, "call_conference", by=by, at=at, version=version, note=note)
        Conference.objects.create(
            case=case,
            at=case.last_event_at,
            by_id=str(by.pk),
            by_name=by.name,
            called_by=by.name,
            called_at=case.last_event_at,
            on=call.on,
            time=call.time.strip(),
            place=call.place.strip(),
            host=call.host.strip(),
            invited=list(dict.fromkeys(call.invited)),
            question=call.question.strip(),
        )
    return case


def _wrong(case: Case, call: Call, today: dt.date) -> dict[str, str]:
    least = pack().book.general("conference.least_present", today)
    complaints = [
        ("on", call.on < today, "会议日期不能早于今天"),
        ("place", not call.place.strip(), "请写会议地点"),
        ("host", not call.host.strip(), "请写主持人"),
        ("invited", len(set(call.invited)) < least, Sentence("至少请{n}人", n=least)),
        (
            "question",
            not 5 <= len(call.question.strip()) <= LONGEST_QUESTION,
            "请写明哪一点政策没有规定",
        ),
        ("question", Conference.objects.filter(case=case, outcome="").exists(), ALREADY),
    ]
    return {field: sentence for field, bad, sentence in complaints if bad}
