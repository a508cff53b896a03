"""通知民主评议: who is asked to come, when and where; no near relatives of the household.

The invitation is printed from this (F08-4); review and confirmation wait for the tally.

Clause: DB57 art 19; DOUDI R16 (how many)
Move:   ACCEPTED, ASSESSED, NOTICED stay      Right: case.appraise      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.models import AppraisalCall, Case
from doudi.cases.queries import pack
from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence

ALREADY = "已经通知了一次评议，还没有记录；先把那一次记完"


@dataclass(frozen=True)
class Invitation:
    """The day and hour, the place, who presides, and who is asked, as what."""

    on: dt.date
    time: str
    place: str
    host: str
    invited: Sequence[str]


def call_appraisal(
    case_id: UUID, told: Invitation, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """Invalid for too few people, a day that is over, or a meeting called and not yet held."""
    invited = list(dict.fromkeys(told.invited))
    with transaction.atomic():
        case = locked(case_id, version)
        wrong = _wrong(case, told, len(invited), at.date())
        if wrong:
            raise Invalid(wrong)
        note = Sentence("通知民主评议：请{n}人", n=len(invited))
        case = move(case, "call_appraisal", by=by, at=at, version=version, note=note)
        AppraisalCall.objects.create(
            case=case,
            at=case.last_event_at,
            by_id=str(by.pk),
            by_name=by.name,
            on=told.on,
            time=told.time.strip(),
            place=told.place.strip(),
            host=told.host.strip(),
            invited=invited,
        )
    return case


def _wrong(case: Case, told: Invitation, count: int, today: dt.date) -> dict[str, str]:
    least = pack().book.general("appraisal.least_panel", today)
    open_one = AppraisalCall.objects.filter(case=case, held_on=None).exists()
    complaints = [
        ("on", told.on < today, "评议日期不能早于今天"),
        ("on", open_one, ALREADY),
        ("place", not told.place.strip(), "请写评议地点"),
        ("host", not told.host.strip(), "请写主持人"),
        ("invited", count < least, Sentence("至少请{n}人，现在是{count}人", n=least, count=count)),
    ]
    return {field: sentence for field, bad, sentence in complaints if bad}
