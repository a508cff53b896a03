"""对账: asks the bank what became of every order, and books it.

Clause: promises.md P2, P3
Move:   SENT -> SETTLED      Right: called by a reaction      Says: RollSettled
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.channels.base import BankAway
from doudi.benefits.events import RollSettled
from doudi.benefits.flow import PaymentStage, RollStage, roll_moved
from doudi.benefits.models import Payment, Roll
from doudi.benefits.queries import bank
from doudi.outbox.announce import announce


def settle_roll(roll_id: UUID, *, at: dt.datetime) -> None:
    """BankAway while an outcome is unknown: it is asked again later, never sent again."""
    with transaction.atomic():
        roll = Roll.objects.select_for_update().get(pk=roll_id)
        if roll.stage == RollStage.SETTLED:
            return
        stage = roll_moved("settle_roll", roll.stage)
        payments = {p.end_to_end_id: p for p in roll.payments.all()}
        results = bank().results(list(payments))
        if len(results) < len(payments):
            raise BankAway(f"{len(payments) - len(results)} outcomes are unknown")
        for result in results:
            payment = payments[result.end_to_end_id]
            payment.stage = PaymentStage.PAID if result.paid else PaymentStage.RETURNED
            payment.result_at, payment.result_reason = at, result.reason
        Payment.objects.bulk_update(
            payments.values(), ["stage", "result_at", "result_reason"], batch_size=500
        )
        Roll.objects.filter(pk=roll_id).update(
            stage=stage.value, settled_at=at, version=roll.version + 1
        )
        write("benefits.roll_settled", actor=SYSTEM, subject=f"roll:{roll_id}", chain=roll.county)
        announce(RollSettled(roll_id))
