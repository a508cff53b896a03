"""帮扶记录: what a helper did, on which day and how long; the household reads it.

Clause: DOUDI R27
Move:   none      Right: support.record      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.clock.time import CHINA
from doudi.kernel.errors import Invalid, NotFound, WrongStage
from doudi.support.actions.note import note
from doudi.support.flow import HELPS
from doudi.support.models import Help, Pairing

DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Done:
    """What was done: its kind, the day, how many minutes, and in words."""

    kind: str
    on: dt.date
    minutes: int
    what: str


def record_help(pairing_id: UUID, done: Done, *, by: Staff, at: dt.datetime) -> Help:
    """Invalid for a day outside the pair or to come; WrongStage once the pair has ended."""
    with transaction.atomic():
        pairing = Pairing.objects.select_for_update().filter(pk=pairing_id).first()
        if pairing is None:
            raise NotFound("没有这条帮扶信息")
        require(by, "support.record", pairing.village)
        if pairing.until_on is not None:
            raise WrongStage("record_help", "ended", "结对已经结束，不能再记")
        _check(done, pairing, at.astimezone(CHINA).date())
        made = Help.objects.create(
            pairing=pairing,
            kind=done.kind,
            on=done.on,
            minutes=done.minutes,
            what=done.what.strip(),
            by_id=str(by.pk),
            by=by.name,
            at=at,
        )
        pairing.last_help_on = max(done.on, pairing.last_help_on or done.on)
        pairing.save()
        note("support.helped", pairing, by)
    return made


def _check(done: Done, pairing: Pairing, today: dt.date) -> None:
    wrong = {}
    if done.kind not in HELPS:
        wrong["kind"] = "请选做了什么"
    if not pairing.from_on <= done.on <= today:
        wrong["on"] = "日期应在结对之后、今天之前"
    if not 1 <= done.minutes <= DAY_MINUTES:
        wrong["minutes"] = "请写用了多少分钟"
    if not 2 <= len(done.what.strip()) <= 500:
        wrong["what"] = "请写明做了什么，2至500个字"
    if wrong:
        raise Invalid(wrong)
