"""What came of re-checks: whose money another person changed after one, and by how much."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from doudi.upkeep.flow import AGREED
from doudi.upkeep.models import Proposal


@dataclass(frozen=True)
class Effect:
    """A change that a re-check led to and another person decided: a month's money on both sides."""

    recheck_id: UUID
    before_fen: int
    after_fen: int  # 0: nothing is paid any more
    left: bool

    @property
    def kind(self) -> str:
        """`left`, `cut` or `raised`."""
        if self.left:
            return "left"
        return "cut" if self.after_fen < self.before_fen else "raised"


def effects_of(rechecks: QuerySet[Any]) -> list[Effect]:
    """Of some re-checks (a query for their ids) those that changed an award; one query.

    What an appeal has restored since, and a suspension, is no effect.
    """
    restored = Proposal.objects.filter(
        award=OuterRef("award"), kind="restore", state=AGREED, decided_at__gt=OuterRef("decided_at")
    )
    rows = Proposal.objects.filter(rechecks__in=rechecks, state=AGREED).exclude(kind="suspend")
    rows = rows.exclude(Exists(restored)).order_by("decided_at", "pk")
    told = rows.values_list("rechecks", "kind", "before_fen", "amounts", "until_month").distinct()
    return [_effect(*row) for row in told]


def _effect(recheck_id: UUID, kind: str, before: int, amounts: list[Any], until: str) -> Effect:
    left = kind in ("stop", "death") or bool(until)
    after = 0 if left or not amounts else int(amounts[-1][1] + amounts[-1][2])
    return Effect(recheck_id, before, after, left)
