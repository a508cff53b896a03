"""举报转核查: the county checks the case that a tip names; the check does not tell of the tip.

Clause: DB57 arts 20, 37
Move:   none      Right: supervision.check of the county      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.supervision.flow import CHOSEN
from doudi.supervision.models import Check, Tip
from doudi.supervision.queries import due_after


def check_tip(tip_id: UUID, *, by: Staff, at: dt.datetime) -> Check:
    """The ground is the ordinary one: a town must not read from it that somebody told."""
    tip = Tip.objects.filter(pk=tip_id).select_related("case").first()
    if tip is None or str(by.pk) in tip.hidden_from:
        raise NotFound("没有这件事")
    if tip.case is None:
        raise Invalid({"answer": "举报没有写明是哪个办件"})
    require(by, "supervision.check", tip.case.county)
    try:
        with transaction.atomic():
            check = Check.objects.create(
                case=tip.case,
                county=tip.case.county,
                ground=CHOSEN,
                asked_at=at,
                due_on=due_after("check", at.date()),
            )
            write("tip.checked", actor=actor_of(by), subject=f"tip:{tip.pk}", chain=tip.office)
    except IntegrityError:
        raise Conflict("这件正在核查，不用再发起") from None
    return check
