"""按新标准发放: a whole approved list at once; every award on it gets its row and its step.

Clause: SI649 art 12; DB57 art 32
Move:   none      Right: the caller's      Says: nothing
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.benefits.figures import Step, entitled, with_steps
from doudi.benefits.models import Award, AwardChange, Payment
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict
from doudi.kernel.periods import Month
from doudi.kernel.sentences import Sentence


@dataclass(frozen=True)
class Line:
    """One award of the list with what it comes to."""

    award: Award
    before_fen: int
    base: int
    top_up: int


def apply_standard(
    run_id: UUID,
    month: str,
    lines: Sequence[Line],
    paper: str,
    proposed_by: str,
    *,
    by: Staff,
    at: dt.datetime,
) -> None:
    """In sets; Conflict names the awards that changed since the list was made."""
    with transaction.atomic():
        _refuse_changed(lines, month)
        orders = Counter(dict(_counts([line.award.pk for line in lines])))
        paid = _paid_from(month)
        began = month <= str(Month.of(at.astimezone(CHINA).date()))
        actor = actor_of(by)
        rows = [
            AwardChange(
                award=line.award,
                order=orders[line.award.pk] + 1,
                what="standard",
                from_month=month,
                before_fen=line.before_fen,
                after_fen=line.base + line.top_up,
                base_fen=line.base,
                top_up_fen=line.top_up,
                is_late=began or line.award.pk in paid,
                reason="standard",
                document="SI649",
                article="12",
                matter_id=run_id,
                paper=paper,
                proposed_by=proposed_by,
                decided_by_id=actor.id,
                decided_by=actor.name,
                at=at,
            )
            for line in lines
        ]
        AwardChange.objects.bulk_create(rows, batch_size=500)
        for line, row in zip(lines, rows, strict=True):
            step = Step(month, line.base, line.top_up, "standard", row.order)
            line.award.steps = with_steps(line.award, [step])
        Award.objects.bulk_update([line.award for line in lines], ["steps"], batch_size=500)


def _refuse_changed(lines: Sequence[Line], month: str) -> None:
    changed = [
        line.award.number
        for line in lines
        if entitled(line.award, month).fen != line.before_fen
        or any(step["month"] > month for step in line.award.steps)
    ]
    if changed:
        told = Sentence("编制以后这些待遇又有变动：{numbers}", numbers=sorted(changed)[:10])
        raise Conflict(told)


def _counts(award_ids: Sequence[UUID]) -> list[tuple[UUID, int]]:
    counted = AwardChange.objects.order_by().values_list("award").annotate(n=Count("pk"))
    wanted = set(award_ids)
    return [(pk, n) for pk, n in counted if pk in wanted]


def _paid_from(month: str) -> set[UUID]:
    """The awards that some roll, even a draft, pays for the month or later."""
    lines = Payment.objects.filter(month__gte=month, roll__kind="monthly")
    return set(lines.values_list("award_id", flat=True))
