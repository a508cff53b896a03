"""答复实名举报: what was found; by nobody who is named in it or had a hand in it.

Clause: DB57 art 37
Move:   open -> answered      Right: tip.answer of the very office      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.kernel.errors import Invalid, NotAllowed, NotFound, WrongStage
from doudi.notices.send import send
from doudi.supervision.flow import ANSWERED
from doudi.supervision.models import Tip
from doudi.supervision.worklist import answers_tip


def answer_tip(tip_id: UUID, answer: str, *, by: Staff, at: dt.datetime) -> Tip:
    """NotFound for whoever it is hidden from: to him it does not exist."""
    with transaction.atomic():
        tip = Tip.objects.select_for_update().filter(pk=tip_id).first()
        if tip is None or str(by.pk) in tip.hidden_from:
            raise NotFound("没有这件事")
        if not answers_tip(by, tip):
            raise NotAllowed("tip.answer")
        if tip.state == ANSWERED:
            raise WrongStage("answer_tip", tip.state, "这件事已经答复过了")
        if not 10 <= len(answer.strip()) <= 2000:
            raise Invalid({"answer": "请写明核实情况和结果（10到2000个字）"})
        tip.state, tip.answer = ANSWERED, answer.strip()
        tip.answered_by, tip.answered_at = by.name, at
        tip.save()
        write("tip.answered", actor=actor_of(by), subject=f"tip:{tip.pk}", chain=tip.office)
        send("tip_answered", to=tip.phone.open(), values={}, subject=f"tip:{tip.pk}", key="once")
    return tip
