"""入账: what the bank said of some orders, in the books of the payments and of the ledger, at once.

Everything the bank says is kept, each thing once. It is booked where it fits: an order on its way
is paid or returned, a paid one may still come back late. What does not fit (another sum, an order
that nobody sent, paid after it was returned) is kept unbooked and named by the reconciliation.

Clause: promises.md P2, P3
Move:   SENT -> PAID or RETURNED, PAID -> RETURNED (payment and try)
Right:  called by the actions that ask the bank or take in its file      Says: PaymentCameBack
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from doudi.benefits.channels.base import Result
from doudi.benefits.events import PaymentCameBack
from doudi.benefits.file import batches_of
from doudi.benefits.flow import PaymentStage
from doudi.benefits.models import Attempt, BankFile, BankLine, Payment
from doudi.ledger.actions.post import post
from doudi.ledger.figures import Batch, Leg, paid, returned, returned_late
from doudi.outbox.announce import announce

Legs = Callable[[str, Batch], list[Leg]]


def book_results(results: Sequence[Result], *, at: dt.datetime) -> int:
    """How many orders moved. The same results again move nothing."""
    with transaction.atomic():
        found = _held(results)
        _keep(results, at)
        moved = 0
        good = [r for r in results if r.end_to_end_id in found]
        for result_paid, here, legs in (
            (True, PaymentStage.SENT, paid),
            (False, PaymentStage.SENT, returned),
            (False, PaymentStage.PAID, returned_late),
        ):
            for reason, ids in _fitting(good, found, result_paid, here).items():
                stage = _move(ids, (result_paid, reason), legs, at)
                if here == PaymentStage.PAID:
                    _say_it_came_back(ids, reason)
                found |= {i: (stage, found[i][1]) for i in ids}
                moved += len(ids)
        return moved


def _held(results: Iterable[Result]) -> dict[str, tuple[str, int]]:
    """Stage and sum of every order that is known, its file locked until the end."""
    wanted = [r.end_to_end_id for r in results]
    rows = Attempt.objects.filter(end_to_end_id__in=wanted)
    files = rows.order_by().values_list("file_id", flat=True).distinct()
    list(BankFile.objects.select_for_update().filter(pk__in=files).order_by("pk"))
    told = rows.values_list("end_to_end_id", "stage", "payment__amount_fen")
    return {reference: (stage, fen) for reference, stage, fen in told}


def _keep(results: Iterable[Result], at: dt.datetime) -> None:
    BankLine.objects.bulk_create(
        [
            BankLine(
                end_to_end_id=r.end_to_end_id[:35],
                status="paid" if r.paid else "returned",
                amount_fen=r.amount_fen,
                reason=r.reason,
                at=at,
            )
            for r in results
        ],
        batch_size=1_000,
        ignore_conflicts=True,
    )


def _fitting(
    results: Iterable[Result], found: dict[str, tuple[str, int]], wanted: bool, here: str
) -> dict[str, list[str]]:
    """By reason, the orders that stand `here` and whose sum is the bank's."""
    groups: dict[str, set[str]] = {}
    for result in results:
        stage, fen = found[result.end_to_end_id]
        if result.paid == wanted and stage == here and result.amount_fen in (None, fen):
            groups.setdefault(result.reason, set()).add(result.end_to_end_id)
    return {reason: sorted(ids) for reason, ids in groups.items()}


def _say_it_came_back(ids: Sequence[str], reason: str) -> None:
    """Who was told that it is there is told that it is not."""
    tries = Attempt.objects.filter(end_to_end_id__in=ids).order_by("end_to_end_id")
    for payment_id in tries.values_list("payment_id", flat=True):
        announce(PaymentCameBack(payment_id, reason))


def _move(ids: list[str], outcome: tuple[bool, str], legs: Legs, at: dt.datetime) -> str:
    """Tries, payments, the bank's lines and the ledger together; the stage they reached."""
    was_paid, reason = outcome
    stage = PaymentStage.PAID if was_paid else PaymentStage.RETURNED
    tries = Attempt.objects.filter(end_to_end_id__in=ids)
    key = hashlib.sha256("|".join(ids).encode()).hexdigest()[:32]
    for number, batch in enumerate(batches_of(tries)):
        post(legs(f"{key}:{number}", batch), at=at)
    tries.update(stage=stage, result_at=at, result_reason=reason)
    Payment.objects.filter(attempts__end_to_end_id__in=ids).update(
        stage=stage, result_at=at, result_reason=reason
    )
    status = "paid" if was_paid else "returned"
    BankLine.objects.filter(end_to_end_id__in=ids, status=status).update(booked=True)
    return stage
