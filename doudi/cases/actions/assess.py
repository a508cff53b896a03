"""核算: what the rules find on the adopted facts; the officer chooses and signs.

Clause: DB57 arts 12-14, 23; a case uses the book of its acceptance date
Move:   ACCEPTED, ASSESSED -> ASSESSED      Right: case.assess      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.facts import household_facts
from doudi.cases.models import Assessment, Case
from doudi.clock.time import CHINA
from doudi.kernel.errors import Missing
from doudi.policy import assess as law
from doudi.policy.codes import WITHOUT_NOTICE
from doudi.policy.pack import load_pack


def propose(case: Case, *, deduct: bool = True) -> law.Assessment:
    """The findings on the case's facts under the book of its acceptance date; nothing is stored."""
    on = case.accepted_on or case.last_event_at.astimezone(CHINA).date()
    book = load_pack(settings.DOUDI_PACK_DIR).book.at(on, case.county, case.area)
    return law.assess(household_facts(case.facts.open(), on), book, explain=True, deduct=deduct)


def assess(
    case_id: UUID,
    *,
    chosen: str | None = None,
    reason: str = "",
    version: int | None,
    by: Staff,
    at: dt.datetime,
) -> Assessment:
    """Stores the findings; Missing a reason where the officer departs from the recommendation."""
    with transaction.atomic():
        case = locked(case_id, version)
        found = propose(case)
        choice = found.recommended if chosen is None else chosen
        if choice != found.recommended and not reason.strip():
            raise Missing(["与系统建议不一致时，请写明理由"])
        finding = found.finding(choice) if choice else None
        if choice and (finding is None or finding.outcome == "ineligible"):
            raise Missing(["所选救助的核算结论为不符合，不能选择"])
        hidden = choice in WITHOUT_NOTICE
        move(
            case,
            "assess",
            by=by,
            at=at,
            version=version,
            note=reason,
            public=False,
            programme=choice or "",
            without_notice=hidden,
        )
        stored = law.to_store(found)
        return Assessment.objects.create(
            case=case,
            at=case.last_event_at,
            by_id=str(by.pk),
            by_name=by.name,
            facts=stored["facts"],
            book=stored["book"],
            book_hash=found.book_hash,
            rules_version=found.rules_version,
            findings=found.to_json(explain=True),
            recommended=found.recommended or "",
            chosen=choice or "",
            monthly_fen=(finding.monthly or 0) if finding else 0,
            once_fen=(finding.one_off or 0) if finding else 0,
            persons=len(finding.persons) if finding else 0,
            reason=reason,
        )
