"""确认: a person who did not review confirms, after the notice has ended.

Clause: DB57 arts 20, 21; HZ30 (delegated to the towns); CH62 (a child has no notice)
Move:   NOTICED or REVIEWED -> CONFIRMED      Right: case.confirm      Says: DecisionConfirmed
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, may_move, move, not_before
from doudi.cases.events import DecisionConfirmed
from doudi.cases.file import CaseFile
from doudi.cases.gates import confirmation_gates, indexes_of
from doudi.cases.models import Case, Decision, Letter, PublicNotice
from doudi.cases.queries import covered, newest_assessment
from doudi.kernel.errors import Missing
from doudi.kernel.periods import Month
from doudi.outbox.announce import announce
from doudi.people.actions.hold_people import hold_people
from doudi.people.actions.mark_benefit import mark_benefit


def confirm(case_id: UUID, *, version: int | None, by: Staff, at: dt.datetime) -> Decision:
    """Missing lists every gate that is shut; the award starts in the month after (DB57 art 21)."""
    with transaction.atomic():
        case = locked(case_id, version)
        may_move(case, "confirm", by)
        at = not_before(case, at)
        hold_people(indexes_of(case))  # two counties cannot confirm the same person at once
        shut = [g.sentence for g in confirmation_gates(CaseFile(case), by, at.date()) if not g.open]
        if shut:
            raise Missing(shut)
        move(case, "confirm", by=by, at=at, version=version)
        PublicNotice.objects.filter(case=case, taken_down_at=None).update(taken_down_at=at)
        decision = _decide(case, by, at)
        _mark(case, decision)
        Letter.objects.create(case=case, at=at, by_id=str(by.pk), by_name=by.name, form="F13")
        announce(DecisionConfirmed(case.pk, decision.pk))
    return decision


def _mark(case: Case, decision: Decision) -> None:
    """One person, one benefit, from this very signature; the award that opens bears the same id."""
    if decision.monthly_fen:
        mark_benefit(
            [UUID(person["person_id"]) for person in decision.persons.open() or []],
            programme=decision.programme,
            county=case.county,
            award_ref=decision.pk,
            from_month=decision.start_month,
        )


def _decide(case: Case, by: Staff, at: dt.datetime) -> Decision:
    assessment = newest_assessment(case)
    return Decision.objects.create(
        case=case,
        at=at,
        by_id=str(by.pk),
        by_name=by.name,
        assessment=assessment,
        granted=True,
        programme=assessment.chosen,
        monthly_fen=assessment.monthly_fen,
        once_fen=assessment.once_fen,
        persons=covered(case, assessment),
        start_month=str(Month.of(at.date()).next()),
    )
