"""会议研究: minutes of the town's meeting.

Clause: HZ30 (上会研究)
Move:   ASSESSED stays      Right: case.panel      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.models import Case, Panel
from doudi.kernel.errors import Invalid


def record_panel(
    case_id: UUID,
    on: dt.date,
    attendees: list[str],
    minutes: str,
    *,
    version: int | None,
    by: Staff,
    at: dt.datetime,
) -> Case:
    """Invalid for fewer than three at the table, a day to come, or empty minutes."""
    wrong = {}
    if len(attendees) < 3:
        wrong["attendees"] = "参会人员至少三人"
    if on > at.date():
        wrong["on"] = "会议日期不能晚于今天"
    if not minutes.strip():
        wrong["minutes"] = "请填写会议意见"
    if wrong:
        raise Invalid(wrong)
    with transaction.atomic():
        case = move(
            locked(case_id, version), "record_panel", by=by, at=at, version=version, note="会议研究"
        )
        Panel.objects.create(
            case=case,
            at=case.last_event_at,
            by_id=str(by.pk),
            by_name=by.name,
            on=on,
            attendees=attendees,
            minutes=minutes,
        )
    return case
