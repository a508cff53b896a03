"""申诉: whoever was refused, not accepted or granted too little asks the county to look again.

Clause: SI649 art 65; XZFY art 20
Move:   none      Right: the applicant      Says: AppealFiled
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import Conflict, Invalid, WrongStage
from doudi.outbox.announce import announce
from doudi.redress.events import AppealFiled
from doudi.redress.models import Appeal
from doudi.redress.queries import answer_by, chance_to_appeal, day_of

TWICE = "对这个决定已经申诉过了，请等县（区）民政部门答复"


def file_appeal(case_id: UUID, text: str, *, by: Actor, at: dt.datetime) -> Appeal:
    """Invalid without words, WrongStage with nothing to appeal, Conflict for a second time.

    One that comes after its last day is taken and marked late: a person decides about it.
    """
    if not 5 <= len(text.strip()) <= 2000:
        raise Invalid({"text": "请写明您不同意什么、为什么（5到2000个字）"})
    case, today = case_by_id(case_id), day_of(at)
    chance = chance_to_appeal(case, today)
    if chance is None or case.ended_at is None:
        raise WrongStage("appeal", case.stage, "还没有可以申诉的决定")
    if chance.filed:
        raise Conflict(TWICE)
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(
                case=case,
                office=case.county,
                text=text.strip(),
                filed_at=at,
                due_on=answer_by("appeal_answer", today),
                against=case.stage,
                against_at=case.ended_at,
                limit_on=chance.limit_on,
                late=chance.late,
            )
            write("appeal.filed", actor=by, subject=f"appeal:{appeal.pk}", chain=case.county)
            announce(AppealFiled(appeal.pk, case.pk))
    except IntegrityError:
        raise Conflict(TWICE) from None
    return appeal
