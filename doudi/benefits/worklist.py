"""What waits at the finance desk: what to release, what is unanswered, what came back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, may, scope
from doudi.benefits.flow import FileStage, PaymentStage, RollStage
from doudi.benefits.models import Attempt, BankFile, Payment, Roll
from doudi.kernel.errors import NotFound
from doudi.ledger.queries import left_if_funded
from doudi.vault.masking import mask_account, mask_name

LISTED = 200


def rolls_waiting(staff: Staff) -> list[Roll]:
    """Checked rolls that finance may release."""
    found = in_scope(Roll.objects.all(), staff, "finance.view", "county")
    return list(found.filter(stage=RollStage.CHECKED)[:LISTED])


def files(staff: Staff) -> QuerySet[BankFile]:
    """Every file of the counties in scope."""
    return in_scope(BankFile.objects.all(), staff, "finance.view", "county")


def files_open(staff: Staff) -> list[BankFile]:
    """Files that wait for release, for the bank, or for its answers."""
    stages = (FileStage.DRAFT, FileStage.RELEASED, FileStage.SENT)
    found = files(staff).filter(stage__in=stages)
    open_ones = Count("attempts", filter=Q(attempts__stage=PaymentStage.SENT))
    return list(found.annotate(unanswered=open_ones)[:LISTED])


def file(file_id: UUID, staff: Staff) -> BankFile:
    """One file; NotFound outside the scope."""
    found = files(staff).filter(pk=file_id).select_related("roll").first()
    if found is None:
        raise NotFound("没有这份文件")
    return found


@dataclass(frozen=True)
class TryLine:
    """One order of a file as it is shown: masked."""

    attempt: Attempt
    name: str
    account: str


def orders(file: BankFile, size: int = 100) -> list[TryLine]:
    """The first orders of a file; what came back stands first."""
    rows = file.attempts.select_related("payment__award").order_by("-stage", "end_to_end_id")
    return [
        TryLine(a, mask_name(a.holder), mask_account(a.account.open() or "")) for a in rows[:size]
    ]


def file_sums(file: BankFile) -> list[tuple[str, int, int]]:
    """Stage, orders and fen of a file; one query."""
    rows = file.attempts.order_by().values("stage")
    told = rows.annotate(n=Count("pk"), fen=Sum("payment__amount_fen"))
    return [(row["stage"], row["n"], row["fen"]) for row in told]


@dataclass(frozen=True)
class Returned:
    """A payment that came back: whose, why, to which account, and whether that was corrected."""

    payment: Payment
    name: str
    account: str
    reason: str
    tries: int
    corrected: bool
    proposed: bool


def returned(staff: Staff) -> list[Returned]:
    """Payments that came back and have no living try that succeeded; three queries."""
    rows = in_scope(
        Payment.objects.filter(stage=PaymentStage.RETURNED), staff, "roll.view", "award__town"
    )
    payments = list(
        rows.select_related("award", "roll").order_by("-month", "award__number")[:LISTED]
    )
    newest = _newest(payments)
    return [_returned(p, newest[p.pk]) for p in payments if p.pk in newest]


def _newest(payments: Sequence[Payment]) -> dict[UUID, Attempt]:
    tries = Attempt.objects.filter(payment__in=payments).order_by("number")
    return {attempt.payment_id: attempt for attempt in tries}


def _returned(payment: Payment, last: Attempt) -> Returned:
    award = payment.award
    return Returned(
        payment,
        mask_name(award.payee_name),
        mask_account(award.account.open() or ""),
        payment.result_reason,
        last.number,
        corrected=(award.account_index, award.payee_name) != (last.account_index, last.holder),
        proposed=last.stage != PaymentStage.RETURNED,
    )


@dataclass(frozen=True)
class Budget:
    """What a county may still spend before this is released, and after it; None: no budget kept."""

    left_fen: int
    after_fen: int

    @property
    def is_short(self) -> bool:
        """A warning; a person decides."""
        return self.after_fen < 0


def budget_of(roll: Roll) -> Budget | None:
    """For a roll that was not released yet; one query."""
    if roll.stage not in (RollStage.DRAFT, RollStage.CHECKED):
        return None
    left = left_if_funded(roll.county)
    return None if left is None else Budget(left, left - roll.total_fen)


def counties_of(staff: Staff) -> list[str]:
    """The counties whose money the officer looks after."""
    return [stem for stem in scope(staff, "finance.view") if len(stem) == 6]


def may_release(file: BankFile, staff: Staff) -> bool:
    """Whether the page offers 放行补发; the action decides."""
    own = file.prepared_by_id == str(staff.pk)
    waits = file.stage == FileStage.DRAFT
    return waits and not own and may(staff, "roll.release", file.county)


def newest_month(counties: Sequence[str]) -> str:
    """The last month that has a roll in one of the counties; "" where there is none."""
    told: dict[str, Any] = Roll.objects.filter(county__in=counties).aggregate(m=Max("month"))
    return told["m"] or ""


def unanswered_since(files: Sequence[BankFile], before: dt.datetime) -> list[BankFile]:
    """Files with open orders that a person has to ask the bank about."""
    late = [f for f in files if f.sent_at and f.sent_at < before]
    return [f for f in late if getattr(f, "unanswered", 0)]
