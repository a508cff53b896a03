"""转介答复: what the department answered, recorded by the town that asked.

Clause: SI649 art 60
Move:   OPEN -> GIVEN, NOT_FIT, MOOT      Right: referral.answer      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Invalid, NotFound
from doudi.referrals.actions.tell import tell_applicant
from doudi.referrals.flow import OUTCOMES, require_open
from doudi.referrals.models import Referral

LONGEST = 500


@dataclass(frozen=True)
class Answer:
    """What came of it, in the department's words, and who there said so."""

    outcome: str
    text: str
    who: str


def answer_referral(referral_id: UUID, answer: Answer, *, by: Staff, at: dt.datetime) -> Referral:
    """Once. Invalid without the words of the answer and who gave it."""
    with transaction.atomic():
        referral = Referral.objects.select_for_update().filter(pk=referral_id).first()
        if referral is None:
            raise NotFound("没有这次转介")
        require(by, "referral.answer", referral.town)
        require_open(referral.state)
        _check(answer)
        referral.state, referral.answer = answer.outcome, answer.text.strip()
        referral.answered_from = answer.who.strip()
        referral.ended_by_id, referral.ended_by, referral.ended_at = str(by.pk), by.name, at
        referral.save()
        write(
            "referral.answered",
            actor=actor_of(by),
            subject=f"case:{referral.case_id}",
            chain=referral.county,
            detail={"department": referral.department, "state": referral.state},
        )
        tell_applicant(referral, "referral_answered")
    return referral


def _check(answer: Answer) -> None:
    wrong = {}
    if answer.outcome not in OUTCOMES:
        wrong["outcome"] = "请选一个结果"
    if not 2 <= len(answer.text.strip()) <= LONGEST:
        wrong["text"] = "请写下部门怎么答复的，2至500个字"
    if not 2 <= len(answer.who.strip()) <= 60:
        wrong["who"] = "请写明部门里谁答复的"
    if wrong:
        raise Invalid(wrong)
