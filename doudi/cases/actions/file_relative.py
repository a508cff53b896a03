"""近亲属备案: the case is filed as a near relative's, so that the county must look at it.

Clause: DB57 art 11
Move:   none      Right: case.check_relative of the county, or the system      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.cases.actions.move import locked
from doudi.cases.models import Case
from doudi.kernel.errors import NotAllowed

LONGEST = 120


def file_relative(case_id: UUID, who: str, *, by: Staff | Actor, at: dt.datetime) -> Case:
    """In any stage; a mark is added to, never taken away. The same one twice is filed once."""
    with transaction.atomic():
        case = locked(case_id)
        if isinstance(by, Staff):
            require(by, "case.check_relative", case.county)
        elif by.kind != "system":
            raise NotAllowed("case.check_relative")
        if who in case.near_relative:
            return case
        case.near_relative = "、".join(filter(None, (case.near_relative, who)))[:LONGEST]
        case.version += 1
        case.save(update_fields=["near_relative", "version"])
        subject = f"case:{case.pk}"
        write("case.file_relative", actor=actor_of(by), subject=subject, chain=case.county)
    return case
