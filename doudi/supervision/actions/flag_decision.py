"""超常规决定: above the town's limit, against the proposal, without its notice, at odd hours.

Clause: HZ30 (delegation within limits); DB57 arts 19, 20; DOUDI R15
Move:   none      Right: called by a reaction and by the sweeper      Says: nothing
"""

from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.cases.file import CaseFile
from doudi.cases.queries import decision, pack
from doudi.clock.time import CHINA
from doudi.supervision.models import Flag


def flag_decision(decision_id: UUID) -> Flag | None:
    """One flag a decision, with all that is beyond the ordinary; None when nothing is."""
    made = decision(decision_id)
    kinds = kinds_of(made) if made.granted else []
    if not kinds:
        return None
    with transaction.atomic():
        flag, is_new = Flag.objects.get_or_create(
            decision_id=made.pk,
            defaults={
                "case": made.case,
                "county": made.case.county,
                "town": made.case.town,
                "kinds": kinds,
                "fen": made.once_fen or made.monthly_fen,
                "reason": made.assessment.reason,
                "by_name": made.by_name,
                "at": made.at,
            },
        )
        if is_new:
            subject, chain = f"case:{made.case_id}", made.case.county
            detail = {"kinds": kinds}
            write("supervision.flagged", actor=SYSTEM, subject=subject, chain=chain, detail=detail)
    return flag if is_new else None


def kinds_of(made: Any) -> list[str]:
    """What about a decision is beyond the ordinary, in the order of flow.FLAGS."""
    book, there = pack().book, made.at.astimezone(CHINA)
    first, last = (book.general(f"supervision.{h}_hour", there.date()) for h in ("first", "last"))
    odd = not first <= there.hour < last or not pack().calendar.is_workday(there.date())
    limit = book.general("temporary.town_limit", there.date())
    is_beyond = {
        "limit": made.once_fen > limit,
        "against": made.assessment.chosen != made.assessment.recommended,
        "notice": not _was_noticed(made),
        "hours": odd,
    }
    return [kind for kind, is_so in is_beyond.items() if is_so]


def _was_noticed(made: Any) -> bool:
    """A notice that was over when it was confirmed, or the law forbids one (CH62)."""
    file = CaseFile(made.case)
    day = made.at.astimezone(CHINA).date()
    return file.is_without_notice or any(n.until_on < day for n in file.notices)
