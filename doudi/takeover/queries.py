"""Reading batches, their differences, and the first roll against the old system's last."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope
from doudi.benefits.dues import Carried, carried
from doudi.benefits.running import numbers_known
from doudi.kernel.errors import NotFound
from doudi.takeover.models import Batch, TakenLine


def lines_seen(staff: Staff) -> QuerySet[TakenLine]:
    """The lines of the reader's counties."""
    return in_scope(TakenLine.objects.all(), staff, "takeover.view", "county")


def batches(staff: Staff) -> list[Batch]:
    """The batches with a household of the reader's counties, newest first."""
    seen = lines_seen(staff).filter(batch=OuterRef("pk"))
    return list(Batch.objects.filter(Exists(seen))[:60])


def batch_for(batch_id: UUID, staff: Staff) -> Batch:
    """One batch; NotFound alike for an unknown one and for another county's."""
    found = Batch.objects.filter(pk=batch_id).first()
    if found is None or not lines_seen(staff).filter(batch=found).exists():
        raise NotFound("没有这个批次")
    return found


@dataclass(frozen=True)
class Reason:
    """Households whose amounts differ for one reason, with both sums."""

    why: str
    count: int
    old_fen: int
    own_fen: int


def reasons(lines: QuerySet[TakenLine]) -> list[Reason]:
    """By reason, the most frequent first; one query."""
    rows = lines.values("why").annotate(n=Count("pk"), old=Sum("old_fen"), own=Sum("own_fen"))
    return [Reason(r["why"], r["n"], r["old"], r["own"] or 0) for r in rows.order_by("-n")]


@dataclass(frozen=True)
class FirstRoll:
    """The first month here against the last there: counts, sums, and every line that differs."""

    old_count: int
    old_fen: int
    now_count: int
    now_fen: int
    different: list[tuple[str, int, int, str]]  # old number, there, here, word for why


def first_roll(found: Batch, counties: list[str]) -> FirstRoll:
    """What the roll of the batch's month carries, or would; nothing is written."""
    lines = list(found.lines.filter(county__in=counties, award_id__isnull=False))
    here: dict[UUID, Carried] = {}
    for county in counties:
        here |= carried(county, found.month)
    different = []
    now_fen = now_count = 0
    for line in lines:
        due = (line.award_id and here.get(line.award_id)) or Carried(0, "elsewhere")
        now_fen, now_count = now_fen + due.fen, now_count + bool(due.fen)
        if due.fen != line.old_fen:
            different.append((line.old_number, line.old_fen, due.fen, due.why))
    return FirstRoll(len(lines), sum(x.old_fen for x in lines), now_count, now_fen, different)


def numbers_taken(numbers: Iterable[str]) -> set[str]:
    """The old system's numbers that have an award here."""
    known = numbers_known(f"J{number}" for number in numbers)
    return {number.removeprefix("J") for number in known}


def counties_of(found: Batch) -> list[str]:
    """The counties of a batch."""
    return sorted(set(found.lines.values_list("county", flat=True)))
