"""发督办单: blue the first time, orange the second, red from the third on.

Clause: ux.md C01; DOUDI R15
Move:   none      Right: supervision.urge of the county      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.queries import case_by_id, overdue
from doudi.kernel.errors import Conflict, Invalid
from doudi.supervision.flow import colour_after
from doudi.supervision.models import Sheet
from doudi.supervision.queries import due_after
from doudi.vault.scrub import PERSONAL

LONGEST = 300


def issue_sheet(case_id: UUID, text: str, *, by: Staff, at: dt.datetime) -> Sheet:
    """Invalid for a case that is not late; Conflict while a sheet of it waits for its answer."""
    case = case_by_id(case_id)
    require(by, "supervision.urge", case.county)
    text = said(text, "text")
    if not overdue(at.date()).filter(pk=case.pk).exists():
        raise Invalid({"text": "这件没有超期，不用督办"})
    try:
        with transaction.atomic():
            sheet = Sheet.objects.create(
                case=case,
                town=case.town,
                county=case.county,
                colour=colour_after(Sheet.objects.filter(case=case).count()),
                text=text,
                issued_by_id=str(by.pk),
                issued_by=by.name,
                issued_at=at,
                answer_by_on=due_after("sheet", at.date()),
            )
            detail = {"colour": sheet.colour}
            actor, subject = actor_of(by), f"case:{case.pk}"
            write(
                "supervision.urged", actor=actor, subject=subject, chain=case.county, detail=detail
            )
    except IntegrityError:
        raise Conflict("这件的督办单还没有答复，不能再发一张") from None
    return sheet


def said(text: str, field: str) -> str:
    """The words of a sheet; Invalid when too short, too long or with somebody's numbers in it."""
    words = text.strip()
    if not 2 <= len(words) <= LONGEST:
        raise Invalid({field: "请写2至300个字"})
    if PERSONAL.search(words):
        raise Invalid({field: "不要写身份证号、手机号或账号"})
    return words
