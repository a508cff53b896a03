"""生存认证到期: opens each year's proof in time, tells the person, and once more when it is late.

Nothing is stopped by a day that passes: the town is told, and a person may propose.

Clause: DOUDI R26 (yearly; the list of the railway militia)
Move:   -> OPEN      Right: called by the timetable      Says: nothing
"""

import datetime as dt
from typing import Any

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.referrals.actions.tell import tell_life, tell_life_town
from doudi.referrals.flow import OPEN
from doudi.referrals.models import LifeProof
from doudi.referrals.queries import life_to_open, lives_overdue


def open_life(*, at: dt.datetime) -> int:
    """How many were opened or said to be late now; run twice it does nothing twice."""
    on = at.astimezone(CHINA).date()
    opened = [_open(award, person, due_on, at) for award, person, due_on in life_to_open(on)]
    return sum(opened) + sum(_late(proof, at) for proof in lives_overdue(on))


def _open(award: Any, person: Any, due_on: dt.date, at: dt.datetime) -> bool:
    with transaction.atomic():
        proof, is_new = LifeProof.objects.get_or_create(
            award=award,
            person=person,
            due_on=due_on,
            defaults={"town": award.town, "county": award.county, "opened_at": at},
        )
        if is_new:
            _write("life.due", proof)
            tell_life(proof, "life_due")
    return is_new


def _late(proof: LifeProof, at: dt.datetime) -> bool:
    with transaction.atomic():
        waiting = LifeProof.objects.filter(pk=proof.pk, state=OPEN, reminded_at=None)
        if not waiting.update(reminded_at=at):
            return False
        _write("life.late", proof)
        tell_life(proof, "life_late")
        tell_life_town(proof)
    return True


def _write(action: str, proof: LifeProof) -> None:
    write(action, actor=SYSTEM, subject=f"award:{proof.award_id}", chain=proof.county)
