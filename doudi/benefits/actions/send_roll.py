"""送银行: the released file, exactly as it was hashed.

Clause: promises.md P3
Move:   RELEASED -> SENT      Right: called by a reaction      Says: RollSent
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.channels.local_layout import bank_file
from doudi.benefits.events import RollSent
from doudi.benefits.figures import sha256
from doudi.benefits.flow import PaymentStage, RollStage, roll_moved
from doudi.benefits.models import Roll
from doudi.benefits.queries import bank, orders_of
from doudi.kernel.errors import Conflict
from doudi.outbox.announce import announce


def send_roll(roll_id: UUID, *, at: dt.datetime) -> None:
    """Conflict when the file is not the one that was released; a second call changes nothing.

    The bank is asked before it is sent anything: where an answer was lost it has the file already,
    and a file is never sent again blindly. BankAway: tried again later, from here.
    """
    with transaction.atomic():
        roll = Roll.objects.select_for_update().get(pk=roll_id)
        if roll.stage in (RollStage.SENT, RollStage.SETTLED):
            return
        stage = roll_moved("send_roll", roll.stage)
        orders = orders_of(roll)
        file = bank_file(roll.number, orders)
        if sha256(file) != roll.file_sha256:
            raise Conflict("发放文件与放行时不一致，已停止发送")
        way = bank()
        if not way.results([o.end_to_end_id for o in orders]):
            way.send(file, orders)
        roll.payments.update(stage=PaymentStage.SENT)
        Roll.objects.filter(pk=roll_id).update(
            stage=stage.value, sent_at=at, version=roll.version + 1
        )
        write("benefits.roll_sent", actor=SYSTEM, subject=f"roll:{roll_id}", chain=roll.county)
        announce(RollSent(roll_id))
