"""移动办件: the one place where a case's stage changes; every verb goes through it.

Clause: delegation (HZ30); the table in cases/flow.py
Move:   whichever the caller names      Right: that of the move in cases/flow.py      Says: nothing
"""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.cases.flow import (
    BEFORE_ACCEPTANCE,
    ENDED,
    MOVES,
    ON_ARRIVAL,
    Stage,
    fits_arrival,
    moved,
)
from doudi.cases.models import Case, Spell, Step
from doudi.cases.queries import pack, waits_to_be_taken
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, NotAllowed, NotFound, WrongStage
from doudi.kernel.sentences import packed

By = Staff | Actor
TOLD = ("village_id", "town", "county", "programme")
INSTANT = dt.timedelta(microseconds=1)
ARRIVED = "这是别的镇（街道）转来的，请先接收；不该本镇办的，退回去"
NOT_ARRIVED = "这个办件没有等着接收"
OVERTAKEN = "别人刚刚办理过这个办件，请看过最新情况再提交"


def locked(case_id: UUID, version: int | None = None) -> Case:
    """The case, held until the transaction ends; NotFound when there is none.

    Conflict when `version`, the one the page showed, is no longer the newest; None does not check.
    """
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise NotFound("没有这个办件")
    if version is not None and case.version != version:
        raise Conflict(OVERTAKEN)
    return case


def not_before(case: Case, at: dt.datetime) -> dt.datetime:
    """`at`, or just after the case's last instant where the clock was set back (P22).

    Within a case no two instants are alike: the newest of anything is always one.
    """
    soonest = at if at > case.last_event_at else case.last_event_at + INSTANT
    return soonest.astimezone(CHINA)


def may_move(case: Case, name: str, by: By) -> None:
    """NotAllowed unless `by` holds the move's right in the case's town; WrongStage unless legal."""
    right = MOVES[name].right
    if isinstance(by, Staff):
        require(by, right or "case.view", case.town)
    elif right and by.kind != "system":
        raise NotAllowed(right)
    moved(name, case.stage)
    if case.stage in BEFORE_ACCEPTANCE and not fits_arrival(name, waits=waits_to_be_taken(case)):
        raise WrongStage(name, case.stage, ARRIVED if name not in ON_ARRIVAL else NOT_ARRIVED)


def move(
    case: Case,
    name: str,
    *,
    by: By,
    at: dt.datetime,
    version: int | None,
    note: str = "",
    public: bool = True,
    **changes: Any,
) -> Case:
    """Moves a held case and records step and journal; Conflict when `version` is not the newest.

    Inside a transaction; `version` None does not check (reactions). Then `case.last_event_at` is
    the instant of the deed: what is recorded with it carries that.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a case moves in the transaction of the deed")
    may_move(case, name, by)
    at = not_before(case, at)
    stage = moved(name, case.stage)
    expected = case.version if version is None else version
    ended_on = at.astimezone(CHINA).date()
    ended = {"ended_at": at, "ended_on": ended_on} if stage in ENDED else {"ended_on": None}
    values = {
        "stage": stage.value,
        "last_event_at": at,
        "version": expected + 1,
        **ended,
        **changes,
    }
    sealed = {k: values.pop(k) for k in ("facts",) if k in values}
    if not Case.objects.filter(pk=case.pk, version=expected).update(**values):
        raise Conflict(OVERTAKEN)
    was = case.stage
    for field, value in {**values, **sealed}.items():
        setattr(case, field, value)
    _tell_spells(case, values)
    if was != stage.value:
        _turn(case, stage, at)
    if sealed:
        case.save(update_fields=list(sealed))
    if stage in ENDED:
        case.pauses.filter(until_on=None).update(until_on=at.date())
    actor = actor_of(by)
    Step.objects.create(
        case=case,
        at=at,
        by_id=actor.id,
        by_name=actor.name,
        order=case.version * 10,
        move=name,
        stage=stage.value,
        note=note[:400],
        words=packed(note),
        public=public,
    )
    write(f"case.{name}", actor=actor, subject=f"case:{case.pk}", chain=case.county)
    return case


def _tell_spells(case: Case, changed: Collection[str]) -> None:
    """What its spells say of the case, so that a month is counted without the cases."""
    told = [name for name in TOLD if name in changed]
    if told:
        case.spells.update(**{name: getattr(case, name) for name in told})


def begin_spell(case: Case, stage: str, at: dt.datetime) -> None:
    """A stage begins, where the case lies."""
    told = {name: getattr(case, name) for name in TOLD}
    Spell.objects.create(case=case, stage=stage, since_at=at, **told)


def _turn(case: Case, stage: Stage, at: dt.datetime) -> None:
    """Ends the spell in the old stage and begins one in the new, where that is an open one."""
    spell = Spell.objects.filter(case=case, until_at=None).first()
    if spell is not None:
        since = spell.since_at.astimezone(CHINA).date()
        spell.until_at = at
        spell.days = pack().calendar.workdays_between(since, at.astimezone(CHINA).date())
        spell.save()
    if stage not in ENDED:
        begin_spell(case, stage.value, at)
