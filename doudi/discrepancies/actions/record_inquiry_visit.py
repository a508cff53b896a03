"""登记入户核查: two people of the town saw how it is.

Clause: DB57 art 17 (investigations by two or more)
Move:   VISIT -> VISITED      Right: discrepancy.work, of both      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.find import colleagues
from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.discrepancies.flow import VISITED
from doudi.discrepancies.models import Inquiry, Visit
from doudi.discrepancies.queries import about, locked
from doudi.kernel.errors import Invalid
from doudi.upkeep.queries import day_of
from doudi.vault.scrub import PERSONAL

LONGEST = 1000


@dataclass(frozen=True)
class Looked:
    """The day, who came along, whether somebody was met, and what was seen."""

    on: dt.date
    second_id: str
    met: bool
    words: str


def record_inquiry_visit(
    inquiry_id: UUID, looked: Looked, *, by: Staff, at: dt.datetime
) -> Inquiry:
    """Invalid without a second officer who is not the first."""
    with transaction.atomic():
        found = locked(inquiry_id, "record_visit", by)
        others = colleagues("discrepancy.work", [found.town], [str(by.pk)])
        second = next((s for s in others if str(s.pk) == looked.second_id), None)
        _check(looked, second, found, at)
        Visit.objects.create(
            inquiry=found,
            on=looked.on,
            first_id=str(by.pk),
            first=by.name,
            second_id=str(second.pk) if second else "",
            second=second.name if second else "",
            met=looked.met,
            words=looked.words.strip(),
            recorded_at=at,
        )
        found.state = VISITED
        found.save(update_fields=["state"])
        write(
            "inquiry.visited",
            actor=actor_of(by),
            subject=about(found),
            chain=found.county,
            detail={"met": looked.met, "second": looked.second_id},
        )
    return found


def _check(looked: Looked, second: Staff | None, found: Inquiry, at: dt.datetime) -> None:
    wrong = {}
    if second is None:
        wrong["second"] = "入户要两个人，请选同去的人"
    if not day_of(found.opened_at) <= looked.on <= day_of(at):
        wrong["on"] = "入户日期要在下发之后、今天之前"
    if not 5 <= len(looked.words.strip()) <= LONGEST:
        wrong["words"] = "请写明看到的情况，5至1000个字"
    elif PERSONAL.search(looked.words):
        wrong["words"] = "不要写身份证号、手机号或账号"
    if wrong:
        raise Invalid(wrong)
