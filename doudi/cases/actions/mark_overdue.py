"""到期未办留痕: nothing sleeps unseen: each missed day leaves one line in its case.

Clause: DB57 art 22; promises.md P21
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.cases.actions.move import locked, not_before
from doudi.cases.models import Case, Step, Supplement
from doudi.cases.queries import overdue


def mark_overdue(*, at: dt.datetime) -> int:
    """Lines for last days that passed and for papers that never came; returns how many are new."""
    late = [(c, f"已超过承诺期限{c.due_on}") for c in overdue(at.date())]
    waiting = Supplement.objects.filter(
        answered_at=None, answer_by_on__lt=at.date(), case__stage="awaiting_papers"
    )
    late += [(s.case, f"补正期限{s.answer_by_on}已过") for s in waiting.select_related("case")]
    return sum(_mark(case, note, at) for case, note in late)


def _mark(case: Case, note: str, at: dt.datetime) -> bool:
    """False where the line stands already."""
    with transaction.atomic():
        held = locked(case.pk)
        if held.steps.filter(move="overdue", note=note).exists():
            return False
        Step.objects.create(
            case=held,
            at=not_before(held, at),
            by_id="",
            by_name="计时",
            order=held.version * 10 + 6,
            move="overdue",
            stage=held.stage,
            note=note,
            public=False,
        )
        write("case.overdue", actor=SYSTEM, subject=f"case:{held.pk}", chain=held.county)
    return True
