"""退回重编: a checked list that turned out wrong goes back before it is released, with the reason.

What an objection to the public list brought to light is mended in the awards; the roll is prepared
anew, checked again by a second person, and hangs again where the pack asks for it.

Clause: DB57 art 25; four eyes (promises.md B)
Move:   CHECKED -> DRAFT      Right: roll.check      Says: nothing
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.actions.withdraw_release import said_why
from doudi.benefits.flow import roll_moved
from doudi.benefits.models import Roll
from doudi.kernel.errors import Conflict, NotFound


def return_roll(
    roll_id: UUID, reason: str, *, version: int | None, by: Staff, at: dt.datetime
) -> Roll:
    """The notice comes down with it; the database itself allows this way back, and one other."""
    with transaction.atomic():
        roll = Roll.objects.select_for_update().filter(pk=roll_id).first()
        if roll is None:
            raise NotFound("没有这份名册")
        require(by, "roll.check", roll.county)
        reason = said_why(reason)
        stage = roll_moved("return_roll", roll.stage)
        expected = roll.version if version is None else version
        values: dict[str, Any] = {"checked_by_id": "", "checked_by": "", "checked_at": None}
        values |= {"returned_at": at, "returned": {"by": by.name, "why": reason}}
        rows = Roll.objects.filter(pk=roll_id, version=expected, kind="monthly")
        if not rows.update(stage=stage.value, version=expected + 1, **values):
            raise Conflict("名册刚刚被更新，请看过再退回")
        roll.notices.filter(taken_down_at=None).update(taken_down_at=at)
        write(
            "benefits.roll_returned",
            actor=actor_of(by),
            subject=f"roll:{roll_id}",
            chain=roll.county,
            purpose=reason,
            detail={"fen": roll.total_fen},
        )
        roll.refresh_from_db()
    return roll
