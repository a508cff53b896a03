"""再次询问: asks the sources of one department again for what did not come back.

Clause: DB57 art 17
Move:   none      Right: verification.request      Says: VerificationReported
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Missing, NotFound
from doudi.verification.actions.issue_report import issue_report
from doudi.verification.actions.send_batch import ask_items
from doudi.verification.catalog.items import items
from doudi.verification.models import Answer, Report, Request
from doudi.verification.queries import MISSING, request_of


def ask_again(ref: UUID, agency: str, town: str, *, by: Staff, at: dt.datetime) -> Report:
    """Files what comes now and issues the next report beside the first.

    What had come stays as it was. Missing where this department owes nothing.
    """
    require(by, "verification.request", town)
    request = request_of(ref)
    if request is None:
        raise NotFound("还没有发起核对")
    owed = _owed(request, agency)
    if not owed:
        raise Missing(["这个部门的数据都已返回，不用再问"])
    with transaction.atomic():
        write(
            "verification.asked_again",
            actor=actor_of(by),
            subject=f"request:{request.pk}",
            chain=request.county,
            detail={"agency": agency, "items": len(owed)},
        )
        ask_items(request, owed, at)
        return issue_report(request.pk, at)


def _owed(request: Request, agency: str) -> list[str]:
    """The items of a department that are missing for somebody, in the order of the catalogue."""
    missing = Answer.objects.filter(asked__request=request, state__in=MISSING)
    wanted = set(missing.values_list("item", flat=True))
    return [item.code for item in items() if item.agency == agency and item.code in wanted]
