"""变化报告: a household tells what has changed; nothing changes by itself.

Clause: SI649 art 13; DB57 art 30
Move:   none      Right: the applicant      Says: ChangeReported
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import Invalid
from doudi.outbox.announce import announce
from doudi.redress.events import ChangeReported
from doudi.redress.flow import CHANGES
from doudi.redress.models import ChangeReport
from doudi.redress.queries import answer_by, day_of

DETAILS = frozenset({"member", "yuan", "address", "account", "holder"})


@dataclass(frozen=True)
class Change:
    """What changed, since when, in own words, and the few typed values that belong to the kind."""

    kind: str
    text: str
    happened_on: dt.date | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def report_change(case_id: UUID, told: Change, *, by: Actor, at: dt.datetime) -> ChangeReport:
    """Invalid without kind or words; goes to the town of the case."""
    wrong = {}
    if told.kind not in CHANGES or set(told.details) - DETAILS:
        wrong["kind"] = "请选一项"
    if not 2 <= len(told.text.strip()) <= 2000:
        wrong["text"] = "请写明变了什么（2到2000个字）"
    if told.happened_on and told.happened_on > day_of(at):
        wrong["happened_on"] = "日期不能晚于今天"
    if wrong:
        raise Invalid(wrong)
    case = case_by_id(case_id)
    with transaction.atomic():
        report = ChangeReport.objects.create(
            case=case,
            office=case.town,
            kind=told.kind,
            text=told.text.strip(),
            happened_on=told.happened_on,
            details=dict(told.details),
            filed_at=at,
            due_on=answer_by("change_answer", day_of(at)),
        )
        write("change.reported", actor=by, subject=f"change:{report.pk}", chain=case.county)
        announce(ChangeReported(report.pk, case.pk))
    return report
