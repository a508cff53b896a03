"""对账: a roll is settled when its file is: every order paid or returned, nothing open.

Clause: promises.md P2, P3
Move:   SENT -> SETTLED      Right: called by a reaction      Says: RollSettled
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.actions.settle_file import settle_file
from doudi.benefits.events import RollSettled
from doudi.benefits.flow import FileStage, RollStage, roll_moved
from doudi.benefits.models import Roll
from doudi.outbox.announce import announce


def settle_roll(roll_id: UUID, *, at: dt.datetime) -> None:
    """What settle_file() says of its file; what was booked before stays booked."""
    roll = Roll.objects.get(pk=roll_id)
    if roll.stage == RollStage.SETTLED:
        return
    stage = roll_moved("settle_roll", roll.stage)
    settle_file(roll.files.exclude(stage=FileStage.WITHDRAWN).get().pk, at=at)
    with transaction.atomic():
        roll = Roll.objects.select_for_update().get(pk=roll_id)
        if roll.stage == RollStage.SETTLED:
            return
        Roll.objects.filter(pk=roll_id).update(
            stage=stage.value, settled_at=at, version=roll.version + 1
        )
        write("benefits.roll_settled", actor=SYSTEM, subject=f"roll:{roll_id}", chain=roll.county)
        announce(RollSettled(roll_id))
