"""要求复核: a re-check is asked for by the plan, a death, a report or a comparison.

Clause: DB57 art 31; NT22 一(三)
Move:   -> open      Right: award.propose      Says: nothing
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.benefits.queries import award as award_by_id
from doudi.upkeep.models import Recheck, RecheckPlan


def call_recheck(
    award_id: UUID, call: str, words: str, until: dt.date, *, by: Staff | Actor, at: dt.datetime
) -> Recheck:
    """One open re-check an award: a second call brings the day forward and adds its words."""
    award = award_by_id(award_id)
    if isinstance(by, Staff):
        require(by, "award.propose", award.town)
    with transaction.atomic():
        found = Recheck.objects.select_for_update().filter(award=award, done_at=None).first()
        if found is None:
            found = _open(award, call, words, until, at)
        elif words.strip() not in (found.note.open() or ""):
            found.due_on = min(found.due_on, until)
            found.note = f"{found.note.open() or ''}\n{words}".strip()
            found.save()
        write(
            "award.recheck_called",
            actor=actor_of(by),
            subject=f"award:{award.pk}",
            chain=award.county,
            detail={"call": call, "until": until.isoformat()},
        )
    return found


def _open(award: Any, call: str, words: str, until: dt.date, at: dt.datetime) -> Recheck:
    plan = RecheckPlan.objects.filter(award=award).first()
    return Recheck.objects.create(
        award=award,
        town=award.town,
        county=award.county,
        call=call,
        klass=plan.klass if plan else "b",
        due_on=until,
        opened_at=at,
        note=words.strip(),
    )
