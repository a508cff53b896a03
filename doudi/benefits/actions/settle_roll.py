"""对账: asks the bank what became of every order, and books it.

Booked in batches, each whole or not at all. What is booked is not asked for again, so a call that
was cut off is finished by the next one. The roll is settled when no outcome is open.

Clause: promises.md P2, P3
Move:   SENT -> SETTLED      Right: called by a reaction      Says: RollSettled
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.channels.base import BankAway, Result
from doudi.benefits.events import RollSettled
from doudi.benefits.flow import PaymentStage, RollStage, roll_moved
from doudi.benefits.models import Roll
from doudi.benefits.queries import bank
from doudi.outbox.announce import announce

BATCH = 5_000


def settle_roll(roll_id: UUID, *, at: dt.datetime) -> None:
    """BankAway while an outcome is unknown: it is asked again later, never sent again."""
    last: str | None = ""
    while last is not None:
        last = _batch(roll_id, last, at)
    with transaction.atomic():
        roll = Roll.objects.select_for_update().get(pk=roll_id)
        if roll.stage == RollStage.SETTLED:
            return
        stage = roll_moved("settle_roll", roll.stage)
        unknown = roll.payments.filter(stage=PaymentStage.SENT).count()
        if unknown:
            raise BankAway(f"{unknown} outcomes are unknown")
        Roll.objects.filter(pk=roll_id).update(
            stage=stage.value, settled_at=at, version=roll.version + 1
        )
        write("benefits.roll_settled", actor=SYSTEM, subject=f"roll:{roll_id}", chain=roll.county)
        announce(RollSettled(roll_id))


def _batch(roll_id: UUID, after: str, at: dt.datetime) -> str | None:
    """Books the next open orders behind the reference `after`; the last one, or None at the end."""
    with transaction.atomic():
        roll = Roll.objects.select_for_update().get(pk=roll_id)
        if roll.stage == RollStage.SETTLED:
            return None
        roll_moved("settle_roll", roll.stage)
        rows = roll.payments.filter(stage=PaymentStage.SENT, end_to_end_id__gt=after)
        ids = list(rows.order_by("end_to_end_id").values_list("end_to_end_id", flat=True)[:BATCH])
        if ids:
            _book(roll, bank().results(ids), at)
    return ids[-1] if ids else None


def _book(roll: Roll, results: Sequence[Result], at: dt.datetime) -> None:
    """One update for the paid and one for every reason; only what is on its way is booked."""
    groups: dict[tuple[PaymentStage, str], list[str]] = {}
    for result in results:
        stage = PaymentStage.PAID if result.paid else PaymentStage.RETURNED
        groups.setdefault((stage, result.reason), []).append(result.end_to_end_id)
    for (stage, reason), ids in groups.items():
        open_ones = roll.payments.filter(stage=PaymentStage.SENT, end_to_end_id__in=ids)
        open_ones.update(stage=stage, result_at=at, result_reason=reason)
