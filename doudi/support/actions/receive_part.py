"""收到了: the household, or a witness for it, says that it came.

Clause: DOUDI R27
Move:   PROMISED, DELIVERED -> RECEIVED    Right: the applicant; support.arrange      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.audit.actor import Actor
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.support import flow
from doudi.support.actions.note import note, require_own, settle_need
from doudi.support.models import Part


def receive_part(part_id: UUID, witness: str = "", *, by: Staff | Actor, at: dt.datetime) -> Part:
    """By the applicant himself, or by an officer with the name of a witness who is not himself.

    What was missing and came after all counts too; Conflict once somebody else was asked instead.
    """
    try:
        return _received(part_id, witness, by, at)
    except IntegrityError:
        raise Conflict("这件事已经另外约了别人，请刷新页面看最新情况") from None


def _received(part_id: UUID, witness: str, by: Staff | Actor, at: dt.datetime) -> Part:
    with transaction.atomic():
        rows = Part.objects.select_for_update(of=("self",)).filter(pk=part_id)
        part = rows.select_related("case__application").first()
        if part is None:
            raise NotFound("没有这条帮扶信息")
        if isinstance(by, Staff):
            require(by, "support.arrange", part.town)
            _check(witness, {by.name, part.delivered_by, part.supplier})
        else:
            require_own(part.case, by, "support.receive")
        flow.require("receive_part", part.state, flow.PROMISED, flow.DELIVERED, flow.MISSING)
        part.state, part.ended_at = flow.RECEIVED, at
        part.receipt = "witness" if isinstance(by, Staff) else "self"
        part.witness = witness.strip()
        part.delivered_on = part.delivered_on or at.astimezone(CHINA).date()
        part.save()
        settle_need(part, flow.MET)
        note("support.received", part, by)
    return part


def _check(witness: str, hands: set[str]) -> None:
    name = witness.strip()
    if not 2 <= len(name) <= 60 or name in hands:
        raise Invalid({"witness": "请写见证人的姓名，不能是经办人，也不能是送来的人"})
