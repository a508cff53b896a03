"""认定异议: another person says whether the row or the check was right; nobody's money changes.

Where the row was right, the next comparison asks the household's town again.

Clause: PIPL arts 24, 46
Move:   DISPUTED -> UPHELD or AGREED      Right: problem.settle      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.departments import worklist
from doudi.departments.flow import AGREED, UPHELD
from doudi.departments.models import Problem
from doudi.departments.worklist import text_wrong
from doudi.kernel.errors import Invalid, NotAllowed


def settle_dispute(
    problem_id: UUID, *, row_is_right: bool, why: str, by: Staff, at: dt.datetime
) -> Problem:
    """NotAllowed for whoever found the row wrong."""
    with transaction.atomic():
        found = worklist.locked_of_county(problem_id, by)
        if found.told_by_id == str(by.pk):
            raise NotAllowed("problem.settle")
        if wrong := text_wrong(why):
            raise Invalid({"why": wrong})
        found.state, found.why = AGREED if row_is_right else UPHELD, why.strip()
        found.settled_by_id, found.settled_by, found.settled_at = str(by.pk), by.name, at
        found.save()
        write(
            "departments.dispute_settled",
            actor=actor_of(by),
            subject=f"problem:{found.pk}",
            chain=found.county,
            detail={"row_is_right": row_is_right},
        )
    return found
