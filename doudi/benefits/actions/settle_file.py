"""对账（文件）: asks the bank what became of every order of a file, and books it.

Booked in batches, each whole or not at all. What is booked is not asked for again, so a call that
was cut off is finished by the next one. The file is settled when no outcome is open.

Clause: promises.md P2, P3
Move:   SENT -> SETTLED (file)      Right: called by a reaction or the sweep
Says:   ReissueSettled
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.actions.book_results import book_results
from doudi.benefits.channels.base import BankAway
from doudi.benefits.events import ReissueSettled
from doudi.benefits.file import bank, said_before
from doudi.benefits.flow import FileStage, PaymentStage, file_moved
from doudi.benefits.models import BankFile
from doudi.outbox.announce import announce

BATCH = 5_000


def settle_file(file_id: UUID, *, at: dt.datetime) -> None:
    """BankAway while an outcome is unknown: it is asked again later, never sent again."""
    last: str | None = ""
    while last is not None:
        last = _batch(file_id, last, at)
    with transaction.atomic():
        file = BankFile.objects.select_for_update().get(pk=file_id)
        if file.stage == FileStage.SETTLED:
            return
        stage = file_moved("settle_file", file.stage)
        unknown = file.attempts.filter(stage=PaymentStage.SENT).count()
        if unknown:
            raise BankAway(f"{unknown} outcomes are unknown")
        BankFile.objects.filter(pk=file_id).update(stage=stage.value, settled_at=at)
        if file.roll_id is None:
            write(
                "benefits.file_settled", actor=SYSTEM, subject=f"file:{file_id}", chain=file.county
            )
            announce(ReissueSettled(file_id))


def _batch(file_id: UUID, after: str, at: dt.datetime) -> str | None:
    """Books the next open orders behind the reference `after`; the last one, or None at the end."""
    with transaction.atomic():
        file = BankFile.objects.select_for_update().get(pk=file_id)
        if file.stage == FileStage.SETTLED:
            return None
        file_moved("settle_file", file.stage)
        rows = file.attempts.filter(stage=PaymentStage.SENT, end_to_end_id__gt=after)
        ids = list(rows.order_by("end_to_end_id").values_list("end_to_end_id", flat=True)[:BATCH])
        if ids:
            told = said_before(ids)
            asked = [i for i in ids if i not in {r.end_to_end_id for r in told}]
            book_results([*told, *(bank().results(asked) if asked else [])], at=at)
    return ids[-1] if ids else None
