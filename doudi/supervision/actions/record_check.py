"""核查结果: what the county saw. "不符" is a proposal until another officer signs it.

Clause: DB57 arts 20, 39; DOUDI R15
Move:   open -> upheld, slip or proposed      Right: supervision.check of the county
Says:   nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.file import hands_on
from doudi.cases.gates import is_related
from doudi.kernel.errors import Invalid, NotAllowed, NotFound
from doudi.supervision.flow import OPEN, OVERTURNED, PROPOSED, RESULTS, require_state
from doudi.supervision.models import Check

SHORTEST, LONGEST = 10, 1000


def record_check(
    check_id: UUID,
    result: str,
    finding: str,
    visited_on: dt.date | None,
    *,
    by: Staff,
    at: dt.datetime,
) -> Check:
    """NotAllowed for whoever had a hand in it or is a relative; WrongStage when it is done."""
    with transaction.atomic():
        check = held(check_id)
        require(by, "supervision.check", check.county)
        require_state("record_check", check.state, OPEN)
        refuse_own(check, by)
        _refuse_gaps(result, finding, visited_on, at.date())
        check.state = PROPOSED if result == OVERTURNED else result
        check.finding, check.visited_on = finding.strip(), visited_on
        check.by_id, check.by_name, check.at = str(by.pk), by.name, at
        check.save()
        write(
            f"supervision.{check.state}",
            actor=actor_of(by),
            subject=f"case:{check.case_id}",
            chain=check.county,
        )
    return check


def held(check_id: UUID) -> Check:
    """The check, held until the transaction ends; NotFound when there is none."""
    found = Check.objects.select_for_update().filter(pk=check_id).first()
    if found is None:
        raise NotFound("没有这件核查")
    return found


def refuse_own(check: Check, by: Staff) -> None:
    """Nobody checks a case that he worked on, nor one of his near relatives."""
    if str(by.pk) in hands_on(check.case):
        raise NotAllowed("supervision.check", "您办理过这个办件，请由另一人核查")
    if is_related(check.case, by):
        raise NotAllowed("supervision.check", "这是您近亲属的办件，请由另一人核查")


def _refuse_gaps(result: str, finding: str, visited_on: dt.date | None, on: dt.date) -> None:
    wrong = {}
    if result not in RESULTS:
        wrong["result"] = "请选一个核查结果"
    if not SHORTEST <= len(finding.strip()) <= LONGEST:
        wrong["finding"] = "请写明看了什么、怎么认定（10到1000个字）"
    if visited_on is None and result == OVERTURNED:
        wrong["visited_on"] = "认定不符须先入户，请填入户日期"
    elif visited_on and visited_on > on:
        wrong["visited_on"] = "入户日期不能晚于今天"
    if wrong:
        raise Invalid(wrong)
