"""会议研究: minutes of the town's meeting, with who withdrew.

Clause: HZ30 (上会研究)
Move:   ASSESSED stays      Right: case.panel      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.models import Case, Panel
from doudi.kernel.errors import Invalid

FEWEST = 3


@dataclass(frozen=True)
class Meeting:
    """When, who sat at the table, what was said, and who left it for being near (回避)."""

    on: dt.date
    attendees: Sequence[str]
    minutes: str
    withdrew: Sequence[str] = ()


def record_panel(
    case_id: UUID, meeting: Meeting, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """Invalid for fewer than three at the table, a day to come, or empty minutes."""
    wrong = _wrong(meeting, at.date())
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
            on=meeting.on,
            attendees=list(meeting.attendees),
            withdrew=list(meeting.withdrew),
            minutes=meeting.minutes,
        )
    return case


def _wrong(meeting: Meeting, today: dt.date) -> dict[str, str]:
    wrong = {}
    if len(set(meeting.attendees)) < FEWEST:
        wrong["attendees"] = "参会人员至少三人"
    if set(meeting.withdrew) & set(meeting.attendees):
        wrong["withdrew"] = "回避的人不能参会，请从参会人员里去掉"
    if meeting.on > today:
        wrong["on"] = "会议日期不能晚于今天"
    if not meeting.minutes.strip():
        wrong["minutes"] = "请填写会议意见"
    return wrong
