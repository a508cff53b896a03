"""开立待遇: what a decision entitles to, month by month from its start.

Clause: DB57 arts 21, 23, 25
Move:   none      Right: called by a reaction      Says: AwardOpened
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.events import AwardOpened
from doudi.benefits.models import Award, AwardPerson
from doudi.cases.queries import chosen_finding, decision
from doudi.kernel.money import plain_fen
from doudi.outbox.announce import announce


def open_award(decision_id: UUID, *, at: dt.datetime) -> Award | None:
    """One award a case; a second call gives the first one back. None where no money is due.

    What is given once comes with the roll of the first month, which is the last one too.
    """
    made = decision(decision_id)
    with transaction.atomic():
        kept = Award.objects.filter(case_id=made.case_id).first()
        if kept or not made.granted or not (made.monthly_fen or made.once_fen):
            return kept
        award = Award.objects.create(**_values(made, at))
        persons = made.persons.open() or []
        AwardPerson.objects.bulk_create(
            AwardPerson(award=award, person_id=UUID(p["person_id"])) for p in persons
        )
        write(
            "benefits.award_opened",
            actor=SYSTEM,
            subject=f"award:{award.pk}",
            chain=award.county,
            detail={"fen": award.monthly_fen or award.once_fen, "from": award.start_month},
        )
        if award.monthly_fen:
            announce(AwardOpened(award.pk))
    return award


def _values(made: Any, at: dt.datetime) -> dict[str, Any]:
    case = made.case
    declaration = case.application.declaration.open()
    bank = declaration["applicant"].get("bank") or {}
    persons = made.persons.open() or []
    top_up = _top_up(made)
    return {
        "id": made.pk,  # the marks that the signature left bear it already
        "number": f"A{case.number}",
        "case_id": case.pk,
        "decision_id": made.pk,
        "programme": made.programme,
        "area": case.area,
        "household_id": case.household_id,
        "county": case.county,
        "town": case.town,
        "village": case.village_id,
        "payee_id": UUID(persons[0]["person_id"]),
        "payee_name": bank.get("holder") or case.applicant_name,
        "account": bank.get("account", ""),
        "bank": bank.get("bank", ""),
        "monthly_fen": made.monthly_fen,
        "base_fen": made.monthly_fen - top_up,
        "top_up_fen": top_up,
        "household_size": case.member_count,
        "once_fen": made.once_fen,
        "start_month": made.start_month,
        "end_month": "" if made.monthly_fen else made.start_month,
        "opened_at": at,
    }


ADDED = ("top_ups", "child_differences")


def _top_up(made: Any) -> int:
    """The top-ups within the monthly amount, from the assessment's own steps."""
    finding = chosen_finding(made.assessment) or {"steps": []}
    steps = {s["name"]: s["value"] for s in finding["steps"] if not s["person"]}
    return sum(plain_fen(steps[name]) for name in ADDED if name in steps)
