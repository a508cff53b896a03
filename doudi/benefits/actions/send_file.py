"""送文件: the released file, exactly as it was hashed, handed to the bank once.

A slip outside the database is written before the first try. Whoever finds one asks the bank
whether the file came; what the bank denies is sent again only after the quiet time, and nothing is
ever sent again blindly.

Clause: promises.md P3
Move:   RELEASED -> SENT (file)      Right: called by a reaction or the sweep
Says:   ReissueSent
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.channels.base import BankAway
from doudi.benefits.channels.slips import first_try, try_again
from doudi.benefits.events import ReissueSent
from doudi.benefits.figures import sha256
from doudi.benefits.file import bank, batches_of, content
from doudi.benefits.flow import FileStage, PaymentStage, file_moved
from doudi.benefits.models import BankFile, Payment
from doudi.cases.queries import pack
from doudi.kernel.errors import Conflict
from doudi.ledger.actions.post import post
from doudi.ledger.figures import sent
from doudi.outbox.announce import announce

GONE = (FileStage.SENT, FileStage.SETTLED)


def send_file(file_id: UUID, *, at: dt.datetime) -> None:
    """Conflict when it is not the file that was released; a second call changes nothing.

    BankAway: whether it came is unknown; asked again later, from here.
    """
    with transaction.atomic():
        file = BankFile.objects.select_for_update().get(pk=file_id)
        if file.stage in GONE:
            return
        stage = file_moved("send_file", file.stage)
        _hand_over(file, at)
        for number, batch in enumerate(batches_of(file.attempts.all())):
            post(sent(f"{file.pk}:{number}", batch), at=at)
        file.attempts.update(stage=PaymentStage.SENT)
        Payment.objects.filter(attempts__file=file).update(
            stage=PaymentStage.SENT, result_at=None, result_reason=""
        )
        BankFile.objects.filter(pk=file_id).update(stage=stage.value, sent_at=at)
        if file.roll_id is None:
            write("benefits.file_sent", actor=SYSTEM, subject=f"file:{file_id}", chain=file.county)
            announce(ReissueSent(file_id))


def _hand_over(file: BankFile, at: dt.datetime) -> None:
    text, orders = content(file)
    if sha256(text) != file.sha256:
        raise Conflict("发放文件与放行时不一致，已停止发送")
    way, before = bank(), first_try(file.pk, at)
    if before is not None:
        if way.received(file.number):
            return
        quiet = dt.timedelta(minutes=pack().book.general("payments.quiet_minutes", at.date()))
        if at - before < quiet:
            raise BankAway("the bank does not have the file yet: asked again after the quiet time")
        try_again(file.pk, at)
    way.send(file.number, text, orders)
