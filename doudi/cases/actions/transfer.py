"""转办: an application that came to the wrong office goes on to the right one inside Doudi.

The applicant is never sent away: the day of receipt stays, and he is told who has it now.

Clause: DB57 art 10 (what came to the wrong office is handed on); DOUDI R17
Move:   SUBMITTED stays      Right: case.transfer of the town that has it      Says: CaseTransferred
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import actor_of, posts_of
from doudi.audit.journal import write
from doudi.cases.actions.move import locked, move
from doudi.cases.events import CaseTransferred
from doudi.cases.models import Case, Transfer
from doudi.cases.queries import pack
from doudi.kernel.errors import Invalid
from doudi.outbox.announce import announce
from doudi.regions.queries import area_of, exists, path_name
from doudi.vault.scrub import PERSONAL

VILLAGE = 12
LONGEST = 200


def transfer(
    case_id: UUID, village: str, reason: str, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """The case with its new office. Invalid for the same town, an unknown village, no reason, or
    when two towns have handed it on already: then the county says whose it is.
    """
    with transaction.atomic():
        case = locked(case_id, version)
        left, county = case.town, case.county
        wrong = _wrong(case, village, reason, by, at.date())
        if wrong:
            raise Invalid(wrong)
        case = move(
            case,
            "transfer",
            by=by,
            at=at,
            version=version,
            note=f"转到{path_name(village[:9])}：{reason.strip()}",
            village_id=village,
            town=village[:9],
            county=village[:6],
            area=area_of(village),
        )
        Transfer.objects.create(
            case=case,
            at=case.last_event_at,
            by_id=str(by.pk),
            by_name=by.name,
            from_town=left,
            to_town=case.town,
            reason=reason.strip(),
        )
        if county != case.county:  # the journal of the county that gave it away says so too
            actor, subject = actor_of(by), f"case:{case.pk}"
            write("case.transferred_away", actor=actor, subject=subject, chain=county)
        announce(CaseTransferred(case.pk, left))
    return case


def _wrong(case: Case, village: str, reason: str, by: Staff, on: dt.date) -> dict[str, str]:
    wrong = {}
    if len(village) != VILLAGE or not exists(village):
        wrong["village"] = "请选接收的村（社区）"
    elif village[:9] == case.town:
        wrong["village"] = "这个村（社区）就在本镇（街道），不用转"
    if not 2 <= len(reason.strip()) <= LONGEST:
        wrong["reason"] = "请写明为什么转，2至200个字"
    elif PERSONAL.search(reason):
        wrong["reason"] = "不要写身份证号、手机号或账号"
    most = pack().book.general("process.most_transfers", on)
    if case.transfers.count() >= most and not _is_county(by):
        wrong["village"] = "已经转过两次，请县区民政部门决定由哪里办理"
    return wrong


def _is_county(by: Staff) -> bool:
    return any(Role(post.role) is Role.COUNTY_OFFICER for post in posts_of(by))
