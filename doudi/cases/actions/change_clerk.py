"""换经办人: a case goes to a colleague, one or several at once; nothing else of it changes.

Clause: DB57 (the work goes on when one is away); four eyes are kept by person in each case
Move:   open ones stay      Right: work.assign      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import may
from doudi.cases.actions.move import locked, move
from doudi.cases.models import Case
from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence

CLERK = "case.assess"


def change_clerk(
    case_ids: Sequence[UUID], to: Staff, *, by: Staff, at: dt.datetime, why: str = "分派"
) -> list[Case]:
    """All or none; Invalid where the colleague does not hold a clerk's post in a case's town."""
    with transaction.atomic():
        found = [locked(case_id) for case_id in case_ids]
        unfit = [c.number for c in found if not (to.is_active and may(to, CLERK, c.town))]
        if unfit:
            raise Invalid({"to": Sentence("{name}不是这里的经办人", name=to.name)})
        note = f"{why}：经办人改为{to.name}"
        for case in found:
            if case.clerk_id != to.pk:
                move(
                    case,
                    "change_clerk",
                    by=by,
                    at=at,
                    version=None,
                    note=note,
                    public=False,
                    clerk_id=to.pk,
                )
    return found
