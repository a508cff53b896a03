"""复核发放名册: a second person stands behind sums and differences.

Clause: DB57 art 25; four eyes (promises.md B)
Move:   DRAFT -> CHECKED      Right: roll.check      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.file import lines_digest, moved_since
from doudi.benefits.flow import roll_moved
from doudi.benefits.models import Roll
from doudi.kernel.errors import Conflict, NotAllowed, NotFound
from doudi.kernel.sentences import Sentence


def check_roll(roll_id: UUID, *, version: int | None, by: Staff, at: dt.datetime) -> Roll:
    """NotAllowed for the one who prepared it; Conflict when it was prepared anew meanwhile, or
    somebody died, left or changed the account since: then it is prepared anew.
    """
    with transaction.atomic():
        roll = Roll.objects.select_for_update().filter(pk=roll_id).first()
        if roll is None:
            raise NotFound("没有这份名册")
        require(by, "roll.check", roll.county)
        if roll.prepared_by_id == str(by.pk):
            raise NotAllowed("roll.check", "编制人不能复核自己的名册，请由另一人办理")
        stage = roll_moved("check_roll", roll.stage)
        if roll.held and not roll.lifted_by_id:
            raise Conflict("名册与上一次发放的差异超过上限，已拦下：请先由复核人说明原因并放开")
        total = roll.payments.aggregate(s=Sum("amount_fen"))["s"] or 0
        if roll.total_fen != total or roll.lines_sha256 != lines_digest(roll):
            raise Conflict("名册合计与明细不符，请重新编制")
        if moved := moved_since(roll):
            raise Conflict(Sentence("编制以后有{n}户的待遇或账户变动，请重新编制", n=moved))
        expected = roll.version if version is None else version
        values = {"checked_by_id": str(by.pk), "checked_by": by.name, "checked_at": at}
        rows = Roll.objects.filter(pk=roll_id, version=expected)
        if not rows.update(stage=stage.value, version=expected + 1, **values):
            raise Conflict("名册刚刚被更新，请看过再复核")
        write(
            "benefits.roll_checked",
            actor=actor_of(by),
            subject=f"roll:{roll_id}",
            chain=roll.county,
            detail={"fen": roll.total_fen},
        )
        roll.refresh_from_db()
    return roll
