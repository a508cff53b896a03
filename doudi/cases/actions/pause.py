"""暂停与恢复计时: only with a reason of the process; the last day moves by the days paused.

Clause: DB57 art 22; process file of the pack
Move:   ACCEPTED, ASSESSED, NOTICED stay      Right: case.pause      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.cases.actions.move import By, locked, move
from doudi.cases.models import Case, Pause
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.sentences import Sentence
from doudi.policy.pack import load_pack
from doudi.policy.rules.deadlines import due_on


def pause(
    case_id: UUID, reason: str, note: str, *, version: int | None, by: By, at: dt.datetime
) -> Case:
    """Stops the clock from today; Conflict when it stands already."""
    pack = load_pack(settings.DOUDI_PACK_DIR)
    with transaction.atomic():
        case = locked(case_id, version)
        if reason not in pack.process_at(at.date()).pauses:
            raise Invalid({"reason": "请从清单中选择暂停原因"})
        if Pause.objects.filter(case=case, until_on=None).exists():
            raise Conflict("计时已经暂停")
        why = Sentence("暂停计时：{reason}", reason=Sentence(reason))
        move(case, "pause", by=by, at=at, version=version, note=why)
        who = actor_of(by)
        Pause.objects.create(
            case=case,
            at=case.last_event_at,
            by_id=who.id,
            by_name=who.name,
            reason=reason,
            note=note[:400],
            from_on=at.date(),
        )
    return case


def resume(case_id: UUID, *, version: int | None, by: Staff, at: dt.datetime) -> Case:
    """Lets the clock run again; Conflict when it runs."""
    pack = load_pack(settings.DOUDI_PACK_DIR)
    with transaction.atomic():
        case = locked(case_id, version)
        if not Pause.objects.filter(case=case, until_on=None).update(until_on=at.date()):
            raise Conflict("计时没有暂停")
        start = case.clock_from or at.date()
        days = sum(
            pack.calendar.workdays_between(p.from_on, p.until_on or at.date())
            for p in Pause.objects.filter(case=case, from_on__gte=start)
        )
        deadline = due_on(pack.book, pack.calendar, start, days)
        move(
            case,
            "pause",
            by=by,
            at=at,
            version=version,
            note="恢复计时",
            due_on=deadline.on,
            due_provisional=deadline.provisional,
        )
    return case
