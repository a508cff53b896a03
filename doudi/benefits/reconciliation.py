"""三方对账: what is entitled, what the ledger says, what the bank says; each difference named."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, QuerySet, Sum

from doudi.benefits.dues import lines_due, opened_late
from doudi.benefits.file import lines_digest
from doudi.benefits.flow import PaymentStage, RollStage
from doudi.benefits.models import Attempt, AwardChange, BankLine, Payment, Roll
from doudi.kernel.periods import Month
from doudi.ledger.queries import Stand, stand

OUT = (RollStage.RELEASED, RollStage.SENT, RollStage.SETTLED)
# What does not agree, in the office's words.
GAPS = {
    "not_listed": "应发没有列入名册",
    "other_sum": "名册之后待遇有变动",
    "ledger_released": "账上放行数与名册不符",
    "ledger_owed": "账上应付数与名册不符",
    "ledger_transit": "账上在途数与银行指令不符",
    "ledger_paid": "账上支付数与银行指令不符",
    "bank_only": "银行已付，账上没有",
    "books_only": "账上已付，银行没有流水",
    "bank_sum": "银行金额与指令不符",
    "bank_both": "退回之后银行又说已付",
    "stranger": "银行流水不是从这里发出的",
    "unknown": "结果未明，须向银行查询",
    "touched": "名册明细与放行时的摘要不符",
}


@dataclass(frozen=True)
class Gap:
    """One difference: its kind, whose it is, and both sides in fen."""

    kind: str
    reference: str
    here_fen: int
    there_fen: int

    @property
    def words(self) -> str:
        """What does not agree."""
        return GAPS[self.kind]


@dataclass(frozen=True)
class Taken:
    """What became of a file from the bank."""

    form: str
    lines: int
    booked: int
    gaps: list[Gap]
    again: bool = False


@dataclass(frozen=True)
class ThreeWays:
    """A county's month on its three sides, in fen, and every difference."""

    county: str
    month: str
    entitled_fen: int
    listed_fen: int
    paid_fen: int
    bank_fen: int
    ledger: Stand
    gaps: list[Gap] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Not one difference."""
        return not self.gaps


def three_ways(county: str, month: str, at: dt.datetime, patience: dt.timedelta) -> ThreeWays:
    """The month as the three sides tell it; twelve queries, however many lines."""
    listed = Payment.objects.filter(roll__county=county, month=month, roll__stage__in=OUT)
    tries = Attempt.objects.filter(payment__in=listed)
    entitled, gaps = _entitled(county, month, listed)
    ledger = stand(county, month)
    sums = _sums(listed)
    bank_fen, told = _against_the_bank(tries)
    gaps += _against_the_ledger(ledger, sums) + told + _unknown(tries, at - patience)
    gaps += _touched(county, month)
    return ThreeWays(
        county,
        month,
        entitled_fen=entitled,
        listed_fen=sum(sums.values()),
        paid_fen=sums.get(PaymentStage.PAID, 0),
        bank_fen=bank_fen,
        ledger=ledger,
        gaps=gaps,
    )


def _touched(county: str, month: str) -> list[Gap]:
    """Lines that say another thing than when two people stood behind them.

    The database refuses that; whoever owns it may take the refusal away, but not this hash.
    """
    rolls = Roll.objects.filter(county=county, month=month, stage__in=OUT, kind="monthly")
    found = [roll for roll in rolls if roll.lines_sha256 != lines_digest(roll)]
    return [Gap("touched", roll.number, roll.total_fen, _total(roll)) for roll in found]


def _total(roll: Roll) -> int:
    return int(roll.payments.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def _sums(listed: QuerySet[Payment]) -> dict[str, int]:
    rows = listed.order_by().values("stage").annotate(total=Sum("amount_fen"))
    return {row["stage"]: row["total"] for row in rows}


def _entitled(county: str, month: str, listed: QuerySet[Payment]) -> tuple[int, list[Gap]]:
    """What is due by now against what was listed; nothing is missing before a roll is released.

    A change that came after the roll, and an award that was opened after it, is no gap: what it
    brings is in the arrears of a later roll.
    """
    rows = listed.values_list("award_id", "kind", "amount_fen", "roll__kind")
    lines = {(row[0], row[1]): row[2] for row in rows if row[3] == "monthly"}
    total = sum(row[2] for row in rows if row[3] != "monthly")
    if not lines:
        return total, []
    opened = opened_late(county, str(Month.parse(month).next())).values_list("pk", flat=True)
    late = _changed_late(county, month) | (set(opened) - {award for award, _kind in lines})
    gaps = []
    for line in lines_due(county, month):
        paid = lines.pop((line.award.pk, line.kind), 0)
        later = line.award.pk in late
        total += paid if later else line.fen
        if paid != line.fen and not later:
            kind = "other_sum" if paid else "not_listed"
            gaps.append(Gap(kind, line.award.number, line.fen, paid))
    total += sum(fen for (award, _kind), fen in lines.items() if award in late)
    gone = {key: fen for key, fen in lines.items() if key[0] not in late}
    gaps += [Gap("other_sum", kind, 0, fen) for (_award, kind), fen in gone.items()]
    return total, gaps


def _changed_late(county: str, month: str) -> set[UUID]:
    changes = AwardChange.objects.filter(award__county=county, is_late=True, from_month__lte=month)
    return set(changes.values_list("award_id", flat=True))


def _against_the_ledger(ledger: Stand, sums: dict[str, int]) -> list[Gap]:
    waiting = sums.get(PaymentStage.DUE, 0) + sums.get(PaymentStage.RETURNED, 0)
    sides = {
        "ledger_released": (ledger.released, sum(sums.values())),
        "ledger_owed": (ledger.owed, waiting),
        "ledger_transit": (ledger.transit, sums.get(PaymentStage.SENT, 0)),
        "ledger_paid": (ledger.paid, sums.get(PaymentStage.PAID, 0)),
    }
    return [Gap(kind, "", *pair) for kind, pair in sides.items() if pair[0] != pair[1]]


def _against_the_bank(tries: QuerySet[Attempt]) -> tuple[int, list[Gap]]:
    """Every order that is paid on one side and not on the other, and every other sum."""
    said: dict[str, dict[str, int | None]] = {}
    lines = BankLine.objects.filter(end_to_end_id__in=tries.values("end_to_end_id"))
    for reference, status, fen in lines.values_list("end_to_end_id", "status", "amount_fen"):
        said.setdefault(reference, {})[status] = fen
    gaps: list[Gap] = []
    total = 0
    rows = tries.values_list("end_to_end_id", "stage", "payment__amount_fen")
    for reference, stage, fen in rows.iterator(5_000):
        told = said.get(reference, {})
        total += _named(told.get("paid"), fen) if _is_paid(told) else 0
        gaps += _gaps_of(reference, stage, fen, told)
    return total, gaps


def _is_paid(told: dict[str, int | None]) -> bool:
    """Whether the money is with the household by the bank's word: paid, and not come back."""
    return "paid" in told and "returned" not in told


def _named(named: int | None, ordered: int) -> int:
    return ordered if named is None else named


def _gaps_of(reference: str, stage: str, fen: int, told: dict[str, int | None]) -> Iterable[Gap]:
    wrong = [named for named in told.values() if named not in (None, fen)]
    if wrong:
        yield Gap("bank_sum", reference, fen, wrong[0] or 0)
    elif stage == PaymentStage.PAID and not _is_paid(told):
        yield Gap("books_only", reference, fen, 0)
    elif stage != PaymentStage.PAID and _is_paid(told):
        yield Gap("bank_only", reference, 0, fen)


def _unknown(tries: QuerySet[Attempt], before: dt.datetime) -> list[Gap]:
    late = tries.filter(stage=PaymentStage.SENT, file__sent_at__lt=before)
    rows = late.values_list("end_to_end_id", "payment__amount_fen")[:200]
    return [Gap("unknown", reference, fen, 0) for reference, fen in rows]


def unfitting(references: Sequence[str]) -> list[Gap]:
    """Of what the bank said just now, everything that could not be booked, with its reason."""
    lines = BankLine.objects.filter(end_to_end_id__in=references, booked=False)
    known = Attempt.objects.filter(end_to_end_id__in=references)
    told = known.values_list("end_to_end_id", "stage", "payment__amount_fen")
    orders = {reference: (stage, fen) for reference, stage, fen in told}
    gaps = []
    for line in lines.annotate(fen=F("amount_fen")):
        stage, fen = orders.get(line.end_to_end_id, ("", 0))
        if not stage:
            gaps.append(Gap("stranger", line.end_to_end_id, 0, line.fen or 0))
        elif line.fen not in (None, fen):
            gaps.append(Gap("bank_sum", line.end_to_end_id, fen, line.fen or 0))
        elif stage == PaymentStage.RETURNED and line.status == "paid":
            gaps.append(Gap("bank_both", line.end_to_end_id, 0, fen))
    return gaps


def strangers() -> list[Gap]:
    """What the bank says of orders that nobody here sent."""
    ours = Attempt.objects.values("end_to_end_id")
    lines = BankLine.objects.exclude(end_to_end_id__in=ours)[:200]
    return [Gap("stranger", line.end_to_end_id, 0, line.amount_fen or 0) for line in lines]
