"""民主评议, where the town holds one: sums only, never who voted what.

Clause: DB57 art 19; OP18 no 24
Move:   ACCEPTED, ASSESSED stay      Right: case.appraise      Says: nothing
"""

import datetime as dt
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.models import Appraisal, Case
from doudi.kernel.errors import Invalid


@dataclass(frozen=True)
class Tally:
    """One appraisal meeting."""

    on: dt.date
    place: str
    invited: int
    present: int
    withdrew: int
    agree: int
    disagree: int
    abstain: int
    note: str = ""


def record_appraisal(
    case_id: UUID, tally: Tally, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """Invalid when the sums do not add up."""
    if tally.agree + tally.disagree + tally.abstain != tally.present - tally.withdrew:
        raise Invalid({"present": "同意、不同意、弃权之和应等于到会人数减去回避人数"})
    if tally.present > tally.invited or tally.on > at.date():
        raise Invalid({"invited": "到会人数不能多于应到人数，日期不能晚于今天"})
    with transaction.atomic():
        note = f"民主评议：到会{tally.present}人，同意{tally.agree}人"
        case = move(
            locked(case_id, version), "record_appraisal", by=by, at=at, version=version, note=note
        )
        Appraisal.objects.create(
            case=case, at=case.last_event_at, by_id=str(by.pk), by_name=by.name, **asdict(tally)
        )
    return case
