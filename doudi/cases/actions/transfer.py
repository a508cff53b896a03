"""转办: an application that came to the wrong office goes on to the right one inside Doudi.

The applicant is never sent away: the day of receipt stays, and he is told who has it now. The
receiving town takes it over or sends it back, once; after that the county says whose it is.

Clause: SI649 art 60 (whoever is asked helps or passes on); DOUDI R17
Move:   SUBMITTED, AWAITING_PAPERS stay      Right: case.transfer      Says: CaseTransferred
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import actor_of, posts_of
from doudi.audit.journal import write
from doudi.cases.actions.move import locked, move
from doudi.cases.events import CaseTransferred
from doudi.cases.models import Case, Transfer
from doudi.cases.queries import pack, waits_to_be_taken
from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence
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

    A town does not hand on what it has not taken over: it takes over or sends back.
    """
    with transaction.atomic():
        case = locked(case_id, version)
        wrong = _wrong(case, village, reason, by, at.date())
        if wrong:
            raise Invalid(wrong)
        to = {"town": path_name(village[:9]), "reason": reason.strip()}
        note = Sentence("转到{town}：{reason}", **to)
        way = Way("transfer", village, reason.strip(), note)
        return hand(case, way, version=version, by=by, at=at)


@dataclass(frozen=True)
class Way:
    """How a case goes to another office: the move, the village there, why, the timeline's words."""

    move: str
    village: str
    reason: str
    note: str


def hand(case: Case, way: Way, *, version: int | None, by: Staff, at: dt.datetime) -> Case:
    """Moves a held case to the office of another village; both journals say it. Inside a deed."""
    left, county = case.town, case.county
    case = move(
        case,
        way.move,
        by=by,
        at=at,
        version=version,
        note=way.note,
        village_id=way.village,
        town=way.village[:9],
        county=way.village[:6],
        area=area_of(way.village),
    )
    Transfer.objects.create(
        case=case,
        at=case.last_event_at,
        by_id=str(by.pk),
        by_name=by.name,
        from_town=left,
        to_town=case.town,
        reason=way.reason,
    )
    if county != case.county:  # the journal of the county that gave it away says so too
        actor, subject = actor_of(by), f"case:{case.pk}"
        write("case.transferred_away", actor=actor, subject=subject, chain=county)
    announce(CaseTransferred(case.pk, left))
    return case


def wrong_reason(reason: str) -> str:
    """What is wrong with the words of a reason; empty where nothing is."""
    if not 2 <= len(reason.strip()) <= LONGEST:
        return "请写明为什么转，2至200个字"
    return "不要写身份证号、手机号或账号" if PERSONAL.search(reason) else ""


def _wrong(case: Case, village: str, reason: str, by: Staff, on: dt.date) -> dict[str, str]:
    wrong = {}
    if len(village) != VILLAGE or not exists(village):
        wrong["village"] = "请选接收的村（社区）"
    elif village[:9] == case.town:
        wrong["village"] = "这个村（社区）就在本镇（街道），不用转"
    words = wrong_reason(reason)
    if words:
        wrong["reason"] = words
    if not _is_county(by, case.county):
        barred = _barred_for_a_town(case, on)
        wrong |= {"village": barred} if barred else {}
    return wrong


def _barred_for_a_town(case: Case, on: dt.date) -> str:
    most = pack().book.general("process.most_transfers", on)
    if case.transfers.count() >= most:
        return "已经转过两次，请县区民政部门决定由哪里办理"
    if waits_to_be_taken(case):
        return "这是别的镇（街道）转来的，请先接收；不该本镇办的，退回去"
    return ""


def _is_county(by: Staff, county: str) -> bool:
    """Whether he is an officer of the county that has the case now."""
    held = ((Role(post.role), post.region_id[:6]) for post in posts_of(by))
    return (Role.COUNTY_OFFICER, county) in held
