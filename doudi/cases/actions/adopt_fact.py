"""采信核对结果: an officer takes a found value in place of the declared one, with a reason.

Clause: DB57 arts 17, 18
Move:   ACCEPTED, ASSESSED stay      Right: case.visit      Says: nothing
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.facts import adopt
from doudi.cases.models import Case
from doudi.kernel.errors import Invalid, Missing
from doudi.kernel.sentences import Sentence
from doudi.policy.reader import FactError


def adopt_fact(
    case_id: UUID,
    path: str,
    value: Any,
    reason: str,
    *,
    version: int | None,
    by: Staff,
    at: dt.datetime,
) -> Case:
    """Missing without a reason; Invalid for a value that cannot be."""
    if not reason.strip():
        raise Missing(["请写明采信的理由"])
    with transaction.atomic():
        case = locked(case_id, version)
        try:
            facts = adopt(case.facts.open(), path, value)
        except (FactError, KeyError, IndexError, TypeError) as error:
            raise Invalid({path: getattr(error, "message", "没有这一项")}) from None
        origins = case.origins | {path: "verified"}
        move(
            case,
            "adopt_fact",
            by=by,
            at=at,
            version=version,
            note=Sentence("采信核对结果：{reason}", reason=reason),
            public=False,
            facts=facts,
            origins=origins,
        )
    return case
