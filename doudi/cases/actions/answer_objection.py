"""处理异议: found or not found, with an answer; an upheld one sends the case back.

Clause: DB57 art 19
Move:   NOTICED stays      Right: case.answer_objection      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.gates import is_related
from doudi.cases.models import Case, Objection
from doudi.kernel.errors import Conflict, Missing, NotAllowed, NotFound


def answer_objection(
    objection_id: UUID,
    upheld: bool,
    answer: str,
    *,
    version: int | None,
    by: Staff,
    at: dt.datetime,
) -> Case:
    """Missing without an answer; Conflict when it was answered already."""
    if not answer.strip():
        raise Missing(["请写明核实情况和答复"])
    with transaction.atomic():
        objection = Objection.objects.filter(pk=objection_id).select_related("notice").first()
        if objection is None:
            raise NotFound("没有这条异议")
        case = locked(objection.notice.case_id, version)
        if is_related(case, by):
            raise NotAllowed("case.answer_objection", "这是您近亲属的办件，异议请由另一人答复")
        case = move(
            case,
            "answer_objection",
            by=by,
            at=at,
            version=version,
            note="异议成立" if upheld else "异议不成立",
        )
        open_ones = Objection.objects.filter(pk=objection_id, answered_at=None)
        if not open_ones.update(
            upheld=upheld, answer=answer[:1000], answered_by=by.name, answered_at=at
        ):
            raise Conflict("这条异议已经答复")
    return case
