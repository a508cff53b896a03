"""放行发放名册: a third person releases; from now on nothing in it changes.

Clause: DB57 art 25; four eyes (promises.md B, I)
Move:   CHECKED -> RELEASED      Right: roll.release      Says: RollReleased
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.channels.local_layout import bank_file
from doudi.benefits.events import RollReleased
from doudi.benefits.figures import sha256
from doudi.benefits.flow import roll_moved
from doudi.benefits.models import Roll
from doudi.benefits.queries import orders_of
from doudi.kernel.errors import Conflict, NotAllowed, NotFound
from doudi.outbox.announce import announce


def release_roll(roll_id: UUID, *, version: int | None, by: Staff, at: dt.datetime) -> Roll:
    """NotAllowed for who prepared or checked it; stores the hash of the bank's file."""
    with transaction.atomic():
        roll = Roll.objects.select_for_update().filter(pk=roll_id).first()
        if roll is None:
            raise NotFound("没有这份名册")
        require(by, "roll.release", roll.county)
        if str(by.pk) in (roll.prepared_by_id, roll.checked_by_id):
            raise NotAllowed("roll.release", "编制人、复核人不能放行，请由第三人办理")
        stage = roll_moved("release_roll", roll.stage)
        digest = sha256(bank_file(roll.number, orders_of(roll)))
        expected = roll.version if version is None else version
        values = {"released_by_id": str(by.pk), "released_by": by.name, "released_at": at}
        rows = Roll.objects.filter(pk=roll_id, version=expected)
        if not rows.update(stage=stage.value, version=expected + 1, file_sha256=digest, **values):
            raise Conflict("名册刚刚被更新，请看过再放行")
        write(
            "benefits.roll_released",
            actor=actor_of(by),
            subject=f"roll:{roll_id}",
            chain=roll.county,
            detail={"fen": roll.total_fen, "sha256": digest[:16]},
        )
        announce(RollReleased(roll_id))
        roll.refresh_from_db()
    return roll
