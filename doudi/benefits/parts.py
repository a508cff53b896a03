"""分期发放: what is given once, part by part, and what became of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from doudi.benefits.figures import is_given_once, part_kind
from doudi.benefits.flow import PaymentStage
from doudi.benefits.models import Award, Payment, PlannedPart
from doudi.cases.queries import pack
from doudi.kernel.periods import Month


@dataclass(frozen=True)
class PartLine:
    """One part and the payment that brought it, if there is one."""

    part: PlannedPart
    payment: Payment | None

    @property
    def state(self) -> str:
        """In a word: proposed, waits for its condition, for its month, or what the bank said."""
        if self.payment is not None:
            return self.payment.stage_name
        if self.part.agreed_at is None:
            return "待同意"
        return "等待月份" if self.part.due_month else "等待条件"


def parts_of(award_ids: Iterable[UUID]) -> dict[UUID, list[PartLine]]:
    """The parts of some awards in order; two queries."""
    asked = list(award_ids)
    parts = list(PlannedPart.objects.filter(award__in=asked).select_related("award", "advance"))
    paid = Payment.objects.filter(award__in=asked, kind__startswith="part") if parts else ()
    lines = {(payment.award_id, payment.kind): payment for payment in paid}
    found: dict[UUID, list[PartLine]] = {}
    for part in parts:
        kind = part_kind(part.order, part.award.programme)
        came = part.advance or lines.get((part.award_id, kind))
        found.setdefault(part.award_id, []).append(PartLine(part, came))
    return found


def may_still_be_parted(award: Award, lines: Sequence[PartLine]) -> bool:
    """Nothing agreed, and on no roll yet."""
    agreed = any(line.part.agreed_at for line in lines)
    return is_given_once(award) and not agreed and not award.payments.exists()


def advances_to(award: Award) -> list[Payment]:
    """What was advanced to the same person and is no part of another plan; newest first."""
    rows = Payment.objects.filter(person_id=award.payee_id, kind__startswith="advance.")
    used = PlannedPart.objects.exclude(award=award).filter(advance__isnull=False)
    free = rows.exclude(stage=PaymentStage.RETURNED).exclude(pk__in=used.values("advance"))
    return list(free.order_by("-month")[:3])


@dataclass(frozen=True)
class Bounds:
    """How many parts, and the last month in which one may fall due."""

    most: int
    first: str
    last: str


def bounds_of(award: Award) -> Bounds:
    """By the book of the first month."""
    first = Month.parse(award.start_month)
    book, day = pack().book, first.first_day
    months = book.general("payments.parts_months", day)
    return Bounds(book.general("payments.parts_most", day), str(first), str(first.plus(months - 1)))
