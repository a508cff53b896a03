"""异议: the department holds that its row is right, and says what it rests on.

Clause: PIPL art 46; DSL art 38 (each organ answers for its data)
Move:   TOLD -> DISPUTED      Right: problem.answer      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.departments import worklist
from doudi.departments.flow import DISPUTED
from doudi.departments.models import Problem
from doudi.departments.worklist import text_wrong
from doudi.kernel.errors import Invalid


def dispute_row(problem_id: UUID, answer: str, *, by: Staff, at: dt.datetime) -> Problem:
    """The county looks again; until then the check's finding stands."""
    with transaction.atomic():
        found = worklist.locked(problem_id, "dispute", by)
        if wrong := text_wrong(answer):
            raise Invalid({"answer": wrong})
        found.state, found.answer = DISPUTED, answer.strip()
        found.answered_by, found.answered_at = by.name, at
        found.save()
        write(
            "departments.row_disputed",
            actor=actor_of(by),
            subject=f"problem:{found.pk}",
            chain=found.county,
        )
    return found
