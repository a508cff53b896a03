"""成员去世: where nobody is left the award is proposed to end; else it is looked at in 3 months.

Clause: NT22 一(三); TK43 4
Move:   -> OPEN      Right: award.propose      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits import running as benefits
from doudi.benefits.queries import award as award_by_id
from doudi.cases.queries import pack
from doudi.kernel.errors import Invalid
from doudi.kernel.periods import Month, months_before
from doudi.people.actions.record_death import record_death
from doudi.people.queries import deaths
from doudi.upkeep.actions.call_recheck import call_recheck
from doudi.upkeep.actions.propose import Why, propose
from doudi.upkeep.figures import stop_plan
from doudi.upkeep.models import Proposal, Recheck
from doudi.upkeep.queries import day_of


def report_death(
    award_id: UUID, person_id: UUID, died_on: dt.date, words: str, *, by: Staff, at: dt.datetime
) -> Proposal | Recheck:
    """The proposal to end after the month of the last death, or the re-check of who is left."""
    award = award_by_id(award_id)
    require(by, "award.propose", award.town)
    covered = benefits.persons_in(award, str(Month.of(died_on)))
    if person_id not in covered:
        raise Invalid({"person": "请选一名在保的人"})
    with transaction.atomic():
        record_death(person_id, died_on, day_of(at))
        died = deaths(covered)
        write(
            "award.death",
            actor=actor_of(by),
            subject=f"award:{award.pk}",
            chain=award.county,
            detail={"left": len(covered) - len(died)},
        )
        if len(died) == len(covered):
            why = Why("death", words, "report", None, person_id)
            plan = stop_plan(str(Month.of(max(died.values())).next()))
            return propose(award.pk, "death", plan, why, by=by, at=at)
        months = pack().book.general("taper.death_recheck_months", day_of(at))
        until = months_before(died_on, -months)
        return call_recheck(award.pk, "death", words, until, by=by, at=at)
