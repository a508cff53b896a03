"""提请变动: one person proposes, with facts and a clause; nothing changes by it.

Where it is worse for the household it is told first, with the reason, and may answer until a day.

Clause: SI649 art 13; DB57 arts 30-34
Move:   -> HEARING or OPEN      Right: award.propose      Says: ProposalMade
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.benefits.figures import entitled
from doudi.benefits.queries import award as award_by_id
from doudi.cases.queries import pack
from doudi.kernel.errors import Conflict, Invalid
from doudi.outbox.announce import announce
from doudi.policy.rules.deadlines import working_days_after
from doudi.upkeep.events import ProposalMade
from doudi.upkeep.figures import Plan
from doudi.upkeep.flow import CAUSES, HEARING, OPEN, causes_of, is_heard
from doudi.upkeep.models import Proposal, Run
from doudi.upkeep.queries import day_of, has_undecided
from doudi.vault.scrub import PERSONAL

LONGEST = 500


@dataclass(frozen=True)
class Why:
    """The cause with its clause, the facts in words, and what stands behind it."""

    cause: str
    words: str
    origin: str = "office"
    origin_id: UUID | None = None
    person_id: UUID | None = None
    paper: str = ""
    to_village: str = ""


def propose(
    award_id: UUID, kind: str, plan: Plan, why: Why, *, by: Staff | Actor, at: dt.datetime
) -> Proposal:
    """Invalid for a cause of another kind or without facts; Conflict while one waits already."""
    award = award_by_id(award_id)
    if isinstance(by, Staff):
        require(by, "award.propose", award.town)
    check_why(kind, why)
    if has_undecided(award.pk, kind):
        raise Conflict("这笔待遇已有一件同类变动等着决定")
    with transaction.atomic():
        made = store(award, kind, plan, why, actor_of(by), at)
        write(
            "award.proposed",
            actor=actor_of(by),
            subject=f"award:{award.pk}",
            chain=award.county,
            detail={"kind": kind, "from": plan.from_month, "fen": plan.after_fen},
        )
        announce(ProposalMade(made.pk))
    return made


def check_why(kind: str, why: Why) -> None:
    """Invalid unless the cause fits and the facts are told, without anybody's number."""
    wrong = {}
    if why.cause not in causes_of(kind):
        wrong["cause"] = "请选一项原因"
    if not 5 <= len(why.words.strip()) <= LONGEST:
        wrong["why"] = "请写明事实和理由，5至500个字"
    elif PERSONAL.search(why.words):
        wrong["why"] = "理由里不要写身份证号、手机号或账号"
    if wrong:
        raise Invalid(wrong)


def store(
    award: Any,
    kind: str,
    plan: Plan,
    why: Why,
    by: Actor,
    at: dt.datetime,
    run: Run | None = None,
) -> Proposal:
    """The row, to be heard or to be decided; Conflict when another came first."""
    before = entitled(award, plan.from_month).fen
    heard = is_heard(kind, before, plan.after_fen)
    values: dict[str, Any] = {
        "town": award.town,
        "county": award.county,
        "kind": kind,
        "cause": why.cause,
        "origin": why.origin,
        "origin_id": why.origin_id,
        "run": run,
        "person_id": why.person_id,
        "from_month": plan.from_month,
        "before_fen": before,
        "amounts": [list(a) for a in plan.amounts],
        "until_month": plan.until_month,
        "to_village": why.to_village,
        "why": why.words.strip(),
        "paper": why.paper.strip(),
        "state": HEARING if heard else OPEN,
        "proposed_by_id": by.id,
        "proposed_by": by.name,
        "proposed_at": at,
        "answer_by_on": answer_by(at) if heard else None,
    }
    try:
        with transaction.atomic():
            return Proposal.objects.create(award=award, **values)
    except IntegrityError:
        raise Conflict("这笔待遇已有一件同类变动等着决定") from None


def answer_by(at: dt.datetime) -> dt.date:
    """The last day to answer before a cut or a stop is decided."""
    law = pack()
    return working_days_after(law.book, law.calendar, "upkeep.answer_days", day_of(at)).on


def clause_of(cause: str) -> tuple[str, str]:
    """Document and article of a cause."""
    return CAUSES[cause].document, CAUSES[cause].article
