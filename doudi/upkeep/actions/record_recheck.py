"""登记复核: then and now side by side, a conclusion; what changes goes on as a proposal.

Clause: DB57 arts 31-33
Move:   open -> done      Right: award.propose      Says: nothing
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.queries import pack
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.policy.rules.rechecks import recheck_due
from doudi.upkeep.actions.propose import LONGEST, Why, propose
from doudi.upkeep.figures import Plan
from doudi.upkeep.flow import OUTCOMES
from doudi.upkeep.models import Proposal, Recheck, RecheckPlan
from doudi.upkeep.queries import day_of

KIND_OF = {"raise": "adjust", "cut": "adjust", "taper": "taper", "stop": "stop"}
CAUSE_OF = {"raise": "recheck", "cut": "recheck", "taper": "job", "stop": "recheck"}


@dataclass(frozen=True)
class Seen:
    """What the visit and the comparison found, and what follows from it."""

    visited_on: dt.date
    outcome: str
    words: str
    then: Mapping[str, Any] = field(default_factory=dict)
    now: Mapping[str, Any] = field(default_factory=dict)
    report_number: str = ""
    klass: str = ""
    plan: Plan | None = None


def record_recheck(recheck_id: UUID, seen: Seen, *, by: Staff, at: dt.datetime) -> Recheck:
    """The next day follows from the class; a changed amount is proposed, never set."""
    with transaction.atomic():
        found = Recheck.objects.select_for_update().filter(pk=recheck_id).first()
        if found is None:
            raise NotFound("没有这件事")
        require(by, "award.propose", found.town)
        if found.done_at:
            raise Conflict("这次复核已经登记过了")
        _check(seen, at)
        found.then, found.now = dict(seen.then), dict(seen.now)
        found.visited_on, found.report_number = seen.visited_on, seen.report_number
        found.outcome, found.why = seen.outcome, seen.words.strip()
        found.klass = seen.klass or found.klass
        found.done_by_id, found.done_by, found.done_at = str(by.pk), by.name, at
        found.proposal = _proposal(found, seen, by, at)
        found.save()
        due = recheck_due(pack().book, found.klass, seen.visited_on, day_of(at))
        plan = {"klass": found.klass, "due_on": due}
        RecheckPlan.objects.update_or_create(award_id=found.award_id, defaults=plan)
        write(
            "award.rechecked",
            actor=actor_of(by),
            subject=f"award:{found.award_id}",
            chain=found.county,
            detail={"outcome": seen.outcome, "class": found.klass},
        )
    return found


def _check(seen: Seen, at: dt.datetime) -> None:
    wrong = {}
    if seen.outcome not in OUTCOMES:
        wrong["outcome"] = "请选复核结论"
    elif seen.outcome != "same" and seen.plan is None:
        wrong["outcome"] = "金额要变的，请填变动后的金额"
    if seen.visited_on > day_of(at):
        wrong["visited_on"] = "入户日期不能晚于今天"
    if not 5 <= len(seen.words.strip()) <= LONGEST:
        wrong["words"] = "请写明结论和依据，5至500个字"
    if wrong:
        raise Invalid(wrong)


def _proposal(found: Recheck, seen: Seen, by: Staff, at: dt.datetime) -> Proposal | None:
    if seen.outcome == "same" or seen.plan is None:
        return None
    why = Why(CAUSE_OF[seen.outcome], seen.words, "recheck", found.pk, paper=seen.report_number)
    return propose(found.award_id, KIND_OF[seen.outcome], seen.plan, why, by=by, at=at)
