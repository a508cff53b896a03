"""接收复核计划: class and next day as the old system had them; without a day, by the class.

Clause: DB57 art 31
Move:   none      Right: the caller's      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from doudi.cases.queries import pack
from doudi.kernel.errors import Conflict
from doudi.policy.rules.rechecks import recheck_due
from doudi.upkeep.models import Proposal, Recheck, RecheckPlan
from doudi.upkeep.queries import day_of
from doudi.vault.rows import insert_many


@dataclass(frozen=True)
class Planned:
    """One award's class and next day."""

    award_id: UUID
    klass: str
    due_on: dt.date | None


def take_in_plans(planned: Sequence[Planned], at: dt.datetime) -> None:
    """In sets; inside the caller's transaction."""
    law, on = pack().book, day_of(at)
    by_class = {k: recheck_due(law, k, on, on) for k in ("a", "b", "c")}
    rows = ((p.award_id, p.klass, p.due_on or by_class[p.klass]) for p in planned)
    insert_many(RecheckPlan, ("award_id", "klass", "due_on"), rows)


def remove_plans(award_ids: Sequence[UUID]) -> None:
    """When a batch is undone; Conflict where somebody worked on one of its awards already."""
    for start in range(0, len(award_ids), 500):
        some = award_ids[start : start + 500]
        if Proposal.objects.filter(award_id__in=some).exists():
            raise Conflict("这一批里已有变动提请，不能撤销")
        if Recheck.objects.filter(award_id__in=some, done_at__isnull=False).exists():
            raise Conflict("这一批里已有复核，不能撤销")
        Recheck.objects.filter(award_id__in=some).delete()
        RecheckPlan.objects.filter(award_id__in=some).delete()
