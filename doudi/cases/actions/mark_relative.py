"""近亲属核查: the county's own finding on a case of an officer's near relative.

Clause: DB57 arts 11, 20
Move:   ACCEPTED to NOTICED stay      Right: case.check_relative, the county's      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move, not_before
from doudi.cases.models import Case, RelativeMark
from doudi.kernel.errors import Missing


def mark_relative(
    case_id: UUID, text: str, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """Missing without a finding, or where nobody is a relative."""
    with transaction.atomic():
        case = locked(case_id, version)
        shut = [] if 5 <= len(text.strip()) <= 1000 else ["请写明县级核查情况（5到1000个字）"]
        if not case.near_relative:
            shut.append("这个办件不是近亲属备案")
        if shut:
            raise Missing(shut)
        at = not_before(case, at)
        move(case, "mark_relative", by=by, at=at, version=version, note="县级核查", public=False)
        RelativeMark.objects.create(
            case=case, at=at, by_id=str(by.pk), by_name=by.name, on=at.date(), text=text.strip()
        )
    return case
