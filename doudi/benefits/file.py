"""A roll's lines as they were prepared, the files made of them, and the bank they go to."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, QuerySet, Sum, Value

from doudi.benefits.channels import iso20022, local_layout
from doudi.benefits.channels.bank_simulator import BankSimulator
from doudi.benefits.channels.base import Bank, Head, Order, Result
from doudi.benefits.channels.layouts import ISO, bank_data
from doudi.benefits.channels.over_http import BankOverHttp
from doudi.benefits.figures import Standing
from doudi.benefits.kinds import purpose_of
from doudi.benefits.models import (
    Attempt,
    Award,
    AwardChange,
    BankFile,
    BankLine,
    BankOrder,
    Payment,
    Roll,
    RollDifference,
)
from doudi.benefits.queries import Part
from doudi.clock.time import CHINA, now
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import Month
from doudi.ledger.figures import Batch


def differences_of(roll: Roll) -> QuerySet[RollDifference]:
    """The lines that differ from last month's roll, as they stood when it was prepared."""
    return roll.differences.select_related("award").order_by("kind", "award__number")


@dataclass(frozen=True)
class Before:
    """What a roll is held against: last month's total, or what the old system paid last.

    None where nothing was paid before, here or there.
    """

    fen: int | None
    is_old_system: bool = False


@dataclass(frozen=True)
class Totals:
    """Lines and fen by what became of them, what differs in each way, what was before, and how many
    lines wait for the next list.
    """

    by_stage: dict[str, "Part"]
    differs: dict[str, "Part"]
    before: Before
    waiting: int = 0

    @property
    def lines(self) -> int:
        """How many lines, not households: with heating or arrears a household has two."""
        return sum(part.households for part in self.by_stage.values())


def totals(roll: Roll, payments: QuerySet[Payment]) -> Totals:
    """What a roll's lines (those that may be seen of it) come to; one query."""
    last = Roll.objects.filter(county=roll.county, month=_month_before(roll), kind="monthly")
    found: dict[str, dict[str, Part]] = {
        "lines": {},
        "differs": {},
        "last": {},
        "taken": {},
        "waits": {},
    }
    rows = _counted(payments, "lines", "stage", F("amount_fen")).union(
        _counted(roll.differences, "differs", "kind", F("now_fen") - F("before_fen")),
        _counted(last, "last", "county", F("total_fen")),
        _counted(taken_of(roll), "taken", "county", F("monthly_fen")),
        _counted(roll.waiting, "waits", "kind", F("fen")),
        all=True,
    )
    for what, word, n, fen in rows:
        found[what][word] = Part(n, int(fen))
    here, there = found["last"].get(roll.county), found["taken"].get(roll.county)
    before = Before(here.fen) if here else Before(there.fen if there else None, there is not None)
    waiting = sum(part.households for part in found["waits"].values())
    return Totals(found["lines"], found["differs"], before, waiting)


def _counted(rows: Any, what: str, by: str, fen: Any) -> QuerySet[Any, Any]:
    named = rows.order_by().values_list(Value(what), by)
    return cast("QuerySet[Any, Any]", named.annotate(n=Count("pk"), fen_=Sum(fen)))


def _month_before(roll: Roll) -> str:
    return str(Month.parse(roll.month).previous())


def taken_of(roll: Roll) -> QuerySet[Award]:
    """What a county's first roll is held against: its awards as the old system paid them last.

    None once anything was paid here: whatever is taken over later is new to its roll.
    """
    here = Roll.objects.filter(county=roll.county, kind="monthly", month__lt=roll.month)
    taken = Award.objects.filter(county=roll.county, batch_id__isnull=False)
    return taken.filter(~Exists(here), start_month__lte=roll.month)


STANDING = (
    "payment__award_id",
    "payment__kind",
    "payment__amount_fen",
    "payment__base_fen",
    "payment__top_up_fen",
    "account_index",
    "payment__award__start_month",
    "payment__award__batch_id",
)


def standing(attempts: QuerySet[Attempt]) -> dict[tuple[UUID, str], Standing]:
    """What the lines of a roll say, by award and kind; one query."""
    rows = attempts.values_list(*STANDING)
    return {
        (r[0], r[1]): Standing(r[2], r[3], r[4], r[5] or "", r[6], r[7] is not None) for r in rows
    }


def last_month(roll: Roll) -> dict[tuple[UUID, str], Standing]:
    """What this month's lines are held against, by award: last month's, one query.

    A county's first roll is held against what the old system paid last: each award as it came.
    """
    first = Attempt.objects.filter(number=1, payment__roll__kind="monthly")
    first = first.filter(payment__month=_month_before(roll), payment__roll__county=roll.county)
    return standing(first) or _of_old_system(roll)


def _of_old_system(roll: Roll) -> dict[tuple[UUID, str], Standing]:
    columns = ("pk", "programme", "monthly_fen", "base_fen", "top_up_fen", "account_index")
    rows = taken_of(roll).values_list(*columns, "start_month")
    return {(r[0], r[1]): Standing(r[2], r[3], r[4], r[5] or "", r[6], True) for r in rows}


ORDER = ("end_to_end_id", "holder", "account", "bank")


PAID_LINE = ("payment__month", "payment__kind", "payment__amount_fen")


def orders_of(attempts: QuerySet[Attempt], layout: str = "") -> list[Order]:
    """Tries as the bank is to get them; one query for what an order names and nothing more.

    The payee's ID number is opened only for a layout that has it.
    """
    named = bank_data().has(layout, "id_number")
    whose = ("payment__person", "payment__person__id_number") if named else ()
    rows = attempts.select_related("payment", *whose[:1]).order_by("end_to_end_id")
    return [
        Order(
            a.end_to_end_id,
            a.account.open() or "",
            a.holder,
            a.payment.amount_fen,
            purpose_of(a.payment.month, a.payment.kind),
            a.bank,
            str(a.payment.person.id_number.open() or "") if named else "",
        )
        for a in rows.only("payment", *ORDER, *PAID_LINE, *whose).iterator(2_000)
    ]


def first_tries(roll: Roll) -> QuerySet[Attempt]:
    """The tries that a roll's own file holds."""
    return Attempt.objects.filter(payment__roll=roll, number=1)


def last_try(payment: Payment) -> Attempt:
    """The newest try of a payment."""
    return payment.attempts.order_by("-number").first() or Attempt(payment=payment, number=0)


def content(file: BankFile) -> tuple[str, list[Order]]:
    """The file's text, worked out anew, and its orders: another hash means another file."""
    orders = orders_of(file.attempts.all(), file.layout)
    return compose(file, orders), orders


def compose(file: BankFile, orders: Sequence[Order]) -> str:
    """The orders in the layout of the county's bank."""
    data = bank_data()
    head = Head(file.number, file.prepared_at.astimezone(CHINA), **data.debtor)
    if file.layout == ISO:
        return iso20022.compose(head, orders)
    return local_layout.compose(data.layouts[file.layout], head, orders)


def moved_since(roll: Roll) -> int:
    """Awards whose amount for the month, or whose account, changed after the roll was prepared."""
    late = AwardChange.objects.filter(
        award__county=roll.county, at__gt=roll.prepared_at, from_month__lte=roll.month
    )
    elsewhere = first_tries(roll).exclude(account_index=F("payment__award__account_index"))
    with_account = elsewhere.filter(payment__award__account_index__isnull=False)
    return len(
        {*late.values_list("award_id", flat=True)}
        | {*with_account.values_list("payment__award_id", flat=True)}
    )


def lines_digest(roll: Roll) -> str:
    """The hash over every line of a roll as it stands in the tables; one query."""
    rows = first_tries(roll).order_by("end_to_end_id").values_list(*SNAPSHOT)
    digest = hashlib.sha256()
    for row in rows.iterator(5_000):
        digest.update(("|".join(map(str, row)) + "\n").encode())
    return digest.hexdigest()


SNAPSHOT = (
    "end_to_end_id",
    "payment__award_id",
    "payment__person_id",
    "payment__amount_fen",
    "payment__base_fen",
    "payment__top_up_fen",
    "payment__size",
    "payment__covered",
    "holder",
    "account_index",
    "bank",
)


def sums_by_kind(attempts: QuerySet[Attempt]) -> dict[str, int]:
    """Fen of some tries by kind of aid; one query."""
    rows = attempts.order_by().values("payment__kind").annotate(total=Sum("payment__amount_fen"))
    return {row["payment__kind"]: row["total"] for row in rows}


def batches_of(attempts: QuerySet[Attempt]) -> list[Batch]:
    """Some tries as the ledger books them: by county, month and kind; one query."""
    by = ("payment__roll__county", "payment__month", "payment__kind")
    rows = attempts.order_by(*by).values_list(*by).annotate(total=Sum("payment__amount_fen"))
    found: dict[tuple[str, str], dict[str, int]] = {}
    for county, month, kind, total in rows:
        found.setdefault((county, month), {})[kind] = total
    return [Batch(county, month, sums) for (county, month), sums in found.items()]


def said_before(end_to_end_ids: Sequence[str]) -> list[Result]:
    """What the bank has said of these orders in a file already."""
    rows = BankLine.objects.filter(end_to_end_id__in=end_to_end_ids, booked=False)
    told = rows.values_list("end_to_end_id", "status", "reason", "amount_fen")
    return [Result(order, status == "paid", why, fen) for order, status, why, fen in told]


def bank() -> Bank:
    """The bank of this installation: the one at DOUDI_BANK_URL, or the one within."""
    if settings.DOUDI_BANK_URL:
        return BankOverHttp(settings.DOUDI_BANK_URL)
    return BankSimulator(_keep, _known, _has)


def _keep(orders: Sequence[Order], results: Sequence[Result]) -> None:
    BankOrder.objects.bulk_create(
        [
            BankOrder(
                end_to_end_id=o.end_to_end_id,
                amount_fen=o.amount_fen,
                content={"account": o.account, "holder": o.holder},
                status="paid" if r.paid else "returned",
                reason=r.reason,
                at=now(),
            )
            for o, r in zip(orders, results, strict=True)
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def _has(number: str) -> bool:
    orders = Attempt.objects.filter(file__number=number).values("end_to_end_id")
    return BankOrder.objects.filter(end_to_end_id__in=orders).exists()


def _known(end_to_end_ids: Sequence[str]) -> list[Result]:
    found: list[Result] = []
    for start in range(0, len(end_to_end_ids), 5_000):
        some = BankOrder.objects.filter(end_to_end_id__in=end_to_end_ids[start : start + 5_000])
        rows = some.values_list("end_to_end_id", "status", "reason", "amount_fen")
        found += [Result(order, status == "paid", why, fen) for order, status, why, fen in rows]
    return found


def file_by_number(number: str) -> BankFile:
    """A file that was released; NotFound for a number that is none or waits for release."""
    found = BankFile.objects.filter(number=number).exclude(sha256="").first()
    if found is None:
        raise NotFound("没有这份文件")
    return found
