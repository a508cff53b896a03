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
from doudi.cases.queries import last_day, overdue, stopped_since
from doudi.kernel.sentences import Sentence, packed

OVER, NOT_COME = "已超过承诺期限{day}", "补正期限{day}已过"
WAITS, STANDS = "受理期限{day}已过，还没有受理", "计时暂停太久，{day}前就该恢复"


def mark_overdue(*, at: dt.datetime) -> int:
    """Lines for last days that passed and for papers that never came; returns how many are new."""
    cases = list(overdue(at.date()))
    stopped = stopped_since(cases)
    late = [(c, _why(c, stopped.get(c.pk))) for c in cases]
    waiting = Supplement.objects.filter(
        answered_at=None, answer_by_on__lt=at.date(), case__stage="awaiting_papers"
    )
    rows = waiting.select_related("case")
    late += [(s.case, Sentence(NOT_COME, day=str(s.answer_by_on))) for s in rows]
    return sum(_mark(case, note, at) for case, note in late)


def _why(case: Case, stopped: dt.date | None) -> Sentence:
    """What passed: the last day, the days to accept, or the time for which a clock may stand."""
    day = str(last_day(case, stopped))
    return Sentence(STANDS if stopped else WAITS if case.due_on is None else OVER, day=day)


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
            words=packed(note),
            public=False,
        )
        write("case.overdue", actor=SYSTEM, subject=f"case:{held.pk}", chain=held.county)
    return True
