"""说明差异、放开名册: a roll that differs too much goes on only when a second person says why.

Clause: promises.md P24 (over 2 % of change is held; a person decides)
Move:   none      Right: roll.check      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.actions.withdraw_release import said_why
from doudi.benefits.flow import roll_moved
from doudi.benefits.models import Roll
from doudi.kernel.errors import Conflict, NotAllowed, NotFound


def lift_brake(
    roll_id: UUID, reason: str, *, version: int | None, by: Staff, at: dt.datetime
) -> Roll:
    """NotAllowed for who prepared it; Conflict where nothing holds it. Prepared anew holds anew."""
    with transaction.atomic():
        roll = Roll.objects.select_for_update().filter(pk=roll_id).first()
        if roll is None:
            raise NotFound("没有这份名册")
        require(by, "roll.check", roll.county)
        if roll.prepared_by_id == str(by.pk):
            raise NotAllowed("roll.check", "编制人不能放开自己的名册，请由另一人办理")
        roll_moved("check_roll", roll.stage)
        reason = said_why(reason)
        if not roll.held or roll.lifted_by_id:
            raise Conflict("这份名册没有被拦下")
        expected = roll.version if version is None else version
        values = {"lifted_by_id": str(by.pk), "lifted_by": by.name, "lifted_at": at}
        rows = Roll.objects.filter(pk=roll_id, version=expected)
        if not rows.update(version=expected + 1, lifted_reason=reason, **values):
            raise Conflict("名册刚刚被更新，请看过再放开")
        write(
            "benefits.brake_lifted",
            actor=actor_of(by),
            subject=f"roll:{roll_id}",
            chain=roll.county,
            purpose=reason,
            detail={"share": roll.changed_share},
        )
        roll.refresh_from_db()
    return roll
