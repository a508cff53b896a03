"""退回转办: once, with a reason, to the town that handed it on; after that the county decides.

Clause: SI649 art 60; DOUDI R17
Move:   SUBMITTED, AWAITING_PAPERS stay      Right: case.transfer      Says: what transfer.py says
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import posts_held_by
from doudi.cases.actions.move import locked
from doudi.cases.actions.transfer import Way, hand, wrong_reason
from doudi.cases.models import Case, Transfer
from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence
from doudi.regions.queries import path_name

COUNTY = "这是县区定的，请接收；有不同意见，报县区民政部门"
BEYOND = "这个办件不是从申请人填的镇（街道）转来的，请接收，或者报县区民政部门决定"
ONCE = "这个办件已经退回过一次，请接收，或者报县区民政部门决定"


def send_back(
    case_id: UUID, reason: str, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """The case where it came from, in the village that the applicant named. Invalid a second time,
    or against what the county decided; WrongStage where it does not wait to be taken over.
    """
    with transaction.atomic():
        case = locked(case_id, version)
        newest = case.transfers.order_by("-at").first()
        wrong = wrong_reason(reason) or (_wrong(case, newest) if newest else "")
        if wrong:
            raise Invalid({"reason": wrong})
        village = case.application.declaration.open()["applicant"]["region"]
        back = path_name(newest.from_town) if newest else ""
        note = Sentence("退回{town}：{reason}", town=back, reason=reason.strip())
        way = Way("send_back", village, reason.strip(), note)
        return hand(case, way, version=version, by=by, at=at)


def _wrong(case: Case, newest: Transfer) -> str:
    declared = case.application.declaration.open()["applicant"]["region"]
    if case.steps.filter(move="send_back").exists():
        return ONCE
    if declared[:9] != newest.from_town:
        return BEYOND
    decided = posts_held_by([newest.by_id]).get(newest.by_id, [])
    return COUNTY if any(Role(post.role) is Role.COUNTY_OFFICER for post in decided) else ""
