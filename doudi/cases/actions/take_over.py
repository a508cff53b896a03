"""接收: the town to which an application was handed on says that it is its own now.

Clause: SI649 art 60; DOUDI R17
Move:   SUBMITTED, AWAITING_PAPERS stay      Right: case.transfer      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.models import Case


def take_over(case_id: UUID, *, version: int | None, by: Staff, at: dt.datetime) -> Case:
    """The same case; WrongStage where nobody handed it on, or it was taken over already."""
    with transaction.atomic():
        case = locked(case_id, version)
        return move(case, "take_over", by=by, at=at, version=version)
