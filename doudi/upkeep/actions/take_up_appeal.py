"""申诉的后果: what an appeal brings is proposed; a person who had no hand in it decides.

While it is open the change holds; whoever asked to be paid as before has that put to a person. If
it was right, what was taken is proposed back from the month in which it was taken, arrears and all.

Clause: SI649 art 65; XZFY art 42
Move:   -> OPEN; a recovery agreed -> proposed      Right: called by reactions      Says: nothing
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.queries import change as award_change
from doudi.kernel.errors import Conflict
from doudi.redress.queries import change_appeal
from doudi.upkeep.actions.call_recheck import call_recheck
from doudi.upkeep.actions.propose import Why, propose
from doudi.upkeep.flow import AGREED, DROPPED
from doudi.upkeep.models import Proposal, Recovery
from doudi.upkeep.parts import first_month, plan_back
from doudi.upkeep.queries import day_of, month_of, open_holds

HOLD = "本人申诉时请求在答复之前照原来的金额发放"
RIGHT = "申诉成立，恢复变动以前的待遇，少发的补发"
ANEW = "申诉成立，但变动之后待遇又有变动：请复核后补正"
PAID_BACK = "申诉成立，要求退还的钱已经全部退清：请复核后处理"
OVER = "申诉已经答复：维持原决定；申诉期间照发的，请复核后处理"


def propose_hold(appeal_id: UUID, *, at: dt.datetime) -> Proposal | None:
    """Paid as before from next month on, if a person agrees; None where nobody asked for it."""
    found = change_appeal(appeal_id)
    if not found.asks_hold or found.kind == "recovery":
        return None
    return _propose_back(found, first_month(at), "appeal_hold", HOLD, at)


def follow_upheld(appeal_id: UUID, *, at: dt.datetime) -> None:
    """A proposal to give back; a recovery is to be decided anew; else a re-check is asked for."""
    found = change_appeal(appeal_id)
    with transaction.atomic():
        _drop_holds(found, at)
        if found.kind == "recovery":
            if not _reopen(found):
                _ask_for_recheck(found, PAID_BACK, at)
        elif _propose_back(found, found.from_month, "appeal", RIGHT, at) is None:
            _ask_for_recheck(found, ANEW, at)


def follow_dismissed(appeal_id: UUID, *, at: dt.datetime) -> None:
    """The change stands; what was paid as before meanwhile is for a person to settle."""
    found = change_appeal(appeal_id)
    held = Proposal.objects.filter(origin="appeal", origin_id=found.pk, state=AGREED)
    with transaction.atomic():
        _drop_holds(found, at)
        if held.exists():
            _ask_for_recheck(found, OVER, at)


def _propose_back(
    found: Any, month: str, cause: str, words: str, at: dt.datetime
) -> Proposal | None:
    """Once: a reaction may run twice. None where a person has to work it out."""
    kept = Proposal.objects.filter(origin="appeal", origin_id=found.pk, cause=cause).first()
    if kept:
        return kept
    made = award_change(found.matter_id)
    plan = plan_back(made.award, made, month, at)
    if plan is None:
        return None
    before = Proposal.objects.filter(pk=made.matter_id).first() if made.matter_id else None
    who = before.person_id if before and before.kind == "person_out" else None
    why = Why(cause, words, "appeal", found.pk, person_id=who)
    try:
        return propose(made.award_id, "restore", plan, why, by=SYSTEM, at=at)
    except Conflict:  # something else waits already: whoever decides that sees the appeal beside
        return None


def _drop_holds(found: Any, at: dt.datetime) -> None:
    """What was asked for the time of the appeal is past with its answer."""
    for hold in open_holds(found.pk):
        hold.state, hold.decided_at, hold.decided_why = DROPPED, at, "申诉已经答复"
        hold.save()


def _reopen(found: Any) -> bool:
    """Asked back no longer until somebody else has decided; what was paid back stays booked.

    False where all of it was paid back already: there is nothing left to decide anew.
    """
    back = Recovery.objects.select_for_update().get(pk=found.matter_id)
    if back.state == "repaid":
        return False
    if back.state != "agreed":
        return True
    back.parts.filter(received_on=None).delete()
    back.state = "proposed"
    back.save()
    subject = f"award:{back.award_id}"
    write("award.recovery_reopened", actor=SYSTEM, subject=subject, chain=back.county)
    return True


def _ask_for_recheck(found: Any, words: str, at: dt.datetime) -> None:
    until = month_of(at).next().last_day
    call_recheck(found.award_id, "report", words, max(until, day_of(at)), by=SYSTEM, at=at)
