"""近亲属必查: every confirmed case of a near relative is checked by the county, none left out.

Clause: DB57 art 20 (all of these are checked)
Move:   none      Right: called by a reaction and by the sweeper      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.cases.queries import case_by_id
from doudi.supervision.flow import RELATIVE
from doudi.supervision.models import Check
from doudi.supervision.queries import UNDONE, due_after


def open_relative_check(case_id: UUID, *, at: dt.datetime) -> bool:
    """Whether it was opened now; a check that is open already takes this ground."""
    case = case_by_id(case_id)
    if case.stage != "confirmed" or not case.near_relative:
        return False
    if Check.objects.filter(case=case, ground=RELATIVE).exists():
        return False
    try:
        with transaction.atomic():
            waiting = Check.objects.filter(case=case, state__in=UNDONE)
            if not waiting.update(ground=RELATIVE):
                due = due_after("check", at.date())
                Check.objects.create(
                    case=case, county=case.county, ground=RELATIVE, asked_at=at, due_on=due
                )
            write(
                "supervision.relative_check",
                actor=SYSTEM,
                subject=f"case:{case.pk}",
                chain=case.county,
            )
    except IntegrityError:
        return False  # somebody opened one between: the sweeper comes again
    return True
