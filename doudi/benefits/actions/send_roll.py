"""送银行: a roll's released file goes to the bank.

Clause: promises.md P3
Move:   RELEASED -> SENT      Right: called by a reaction      Says: RollSent
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.actions.send_file import send_file
from doudi.benefits.events import RollSent
from doudi.benefits.flow import FileStage, RollStage, roll_moved
from doudi.benefits.models import Roll
from doudi.outbox.announce import announce


def send_roll(roll_id: UUID, *, at: dt.datetime) -> None:
    """What send_file() says of its file; a second call changes nothing."""
    with transaction.atomic():
        roll = Roll.objects.select_for_update().get(pk=roll_id)
        if roll.stage in (RollStage.SENT, RollStage.SETTLED):
            return
        stage = roll_moved("send_roll", roll.stage)
        send_file(roll.files.get(stage=FileStage.RELEASED).pk, at=at)
        Roll.objects.filter(pk=roll_id).update(
            stage=stage.value, sent_at=at, version=roll.version + 1
        )
        write("benefits.roll_sent", actor=SYSTEM, subject=f"roll:{roll_id}", chain=roll.county)
        announce(RollSent(roll_id))
