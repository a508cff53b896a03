"""满龄提醒: who turns 18 or 70 this month is proposed to the town; nothing changes by itself.

A run that touches too many households of a town is held until a person has looked at it (P24).

Clause: SX21 分类施保; PIPL art 24 (no machine alone decides)
Move:   -> OPEN, HEARING or HELD      Right: called by the timetable      Says: ProposalMade
"""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.figures import entitled
from doudi.benefits.running import birthdays, running_counts
from doudi.cases.queries import pack
from doudi.kernel.periods import Month
from doudi.outbox.announce import announce
from doudi.policy.quantity import share
from doudi.upkeep.actions.call_recheck import call_recheck
from doudi.upkeep.actions.propose import Why, store
from doudi.upkeep.events import ProposalMade
from doudi.upkeep.figures import amount_plan, is_too_much
from doudi.upkeep.flow import HELD
from doudi.upkeep.models import Proposal, Run
from doudi.upkeep.queries import day_of, has_undecided

WORDS = {
    "age_child": "本月有一名保障对象满18周岁。请核对在读、残疾、重病情况，"
    "再决定未成年人增发是否停止。",
    "age_elder": "本月有一名保障对象满70周岁。请核对是否已按重残或重病增发，"
    "再决定是否加发高龄部分。",
}


def find_birthdays(*, at: dt.datetime) -> int:
    """How many proposals were made; a second call in the month makes none."""
    month = Month.of(day_of(at))
    by_town: dict[str, list[tuple[Any, Any, str]]] = defaultdict(list)
    for kind, years in (("age_child", "top_up.minor_below"), ("age_elder", "top_up.elder_from")):
        age = pack().book.general(years, day_of(at))
        for covered in birthdays(month, age):
            by_town[covered.award.town].append((covered.award, covered.person_id, kind))
    counts = running_counts(list(by_town), str(month))
    return sum(_town(t, rows, counts.get(t, 0), month, at) for t, rows in sorted(by_town.items()))


def _town(
    town: str, rows: list[tuple[Any, Any, str]], households: int, month: Month, at: dt.datetime
) -> int:
    if Run.objects.filter(what="birthdays", month=str(month), town=town).exists():
        return 0
    law, on = pack().book, day_of(at)
    limits = (law.general("upkeep.brake_share", on), law.general("upkeep.brake_least", on))
    with transaction.atomic():
        run = Run.objects.create(
            what="birthdays",
            month=str(month),
            town=town,
            households=households,
            is_held=is_too_much(len(rows), households, *limits),
            at=at,
        )
        made = [p for row in rows if (p := _propose(run, row, month, at))]
        run.proposed = len(made)
        run.save(update_fields=["proposed"])
        write(
            "award.run",
            actor=SYSTEM,
            subject=f"run:{run.pk}",
            chain=town[:6],
            detail={"proposed": len(made), "held": run.is_held},
        )
        for proposal in [] if run.is_held else made:
            announce(ProposalMade(proposal.pk))
    return len(made)


def _propose(run: Run, row: tuple[Any, Any, str], month: Month, at: dt.datetime) -> Proposal | None:
    award, person_id, kind = row
    first = str(month.next())
    due = entitled(award, first)
    book = pack().book.at(month.next().first_day, award.county, award.area)
    part = share(book.whole("dibao.standard"), book.whole("top_up.age_share"))
    later = max(0, due.top_up - part) if kind == "age_child" else due.top_up + part
    if later == due.top_up:
        return None
    if has_undecided(award.pk, kind):  # a twin, or a brother of last month: a person looks at both
        call_recheck(award.pk, "report", WORDS[kind], month.next().last_day, by=SYSTEM, at=at)
        return None
    why = Why("age", WORDS[kind], "timetable", run.pk, person_id)
    made = store(award, kind, amount_plan(first, due.base, later), why, SYSTEM, at, run)
    if run.is_held:
        Proposal.objects.filter(pk=made.pk).update(state=HELD)
    return made
