"""From what an officer asks for to a plan by month: every amount follows from the award itself."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from doudi.benefits.figures import Due, entitled, may_move
from doudi.benefits.running import covered_in, persons_in
from doudi.cases.queries import pack
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.periods import Month
from doudi.policy.rules.taper import taper
from doudi.upkeep.figures import Plan, amount_plan, stop_plan, taper_plan, without_person
from doudi.upkeep.queries import day_of, month_of, moved_by_standard


@dataclass(frozen=True)
class Asked:
    """The first month; for a new amount base and top-ups; for one person who and the own top-up."""

    month: str
    base: int | None = None
    top_up: int | None = None
    person_id: UUID | None = None
    own_top_up: int = 0


def plan_of(award: Any, kind: str, asked: Asked, at: dt.datetime) -> Plan:
    """Invalid where something is missing; nothing is written."""
    try:
        Month.parse(asked.month)
    except ValueError:
        raise Invalid({"month": "月份要写成 2022-06 的样子"}) from None
    if kind in ("stop", "death"):
        return stop_plan(asked.month)
    if kind == "suspend":
        return amount_plan(asked.month, 0, 0)
    if kind == "taper":
        return _taper(award, asked, at)
    if kind == "person_out":
        return _without(award, asked)
    if kind == "resume":
        return _resume(award, asked)
    return _amount(award, kind, asked)


def _amount(award: Any, kind: str, asked: Asked) -> Plan:
    """What an officer worked out, typed; of a move what it comes to there."""
    if kind == "move" and not may_move(award, asked.month):
        raise Conflict("暂停、渐退中的待遇不能迁移，请先恢复或者等它办结")
    if asked.base is None or asked.top_up is None:
        raise Invalid({"base": "请填变动后的金额"})
    return amount_plan(asked.month, asked.base, asked.top_up)


def _taper(award: Any, asked: Asked, at: dt.datetime) -> Plan:
    due = entitled(award, asked.month)
    if not due.fen:
        raise Conflict("这个月没有应发的金额，不能渐退")
    by_month = taper(pack().book, due.fen, Month.parse(asked.month), day_of(at))
    return taper_plan(by_month, due.base)


def _without(award: Any, asked: Asked) -> Plan:
    persons = persons_in(award, asked.month)
    if asked.person_id not in persons or len(persons) < 2:
        raise Invalid({"person": "请选一名在保的人；只有一人的请办停发"})
    due = entitled(award, asked.month)
    if asked.own_top_up > due.top_up:
        raise Invalid({"own_top_up": "本人的分类施保不能超过全户的"})
    base, top_up = without_person(due.base, due.top_up, len(persons), asked.own_top_up)
    return amount_plan(asked.month, base, top_up)


def _resume(award: Any, asked: Asked) -> Plan:
    """What it was before the suspension, under the standard of the month of resumption."""
    held = [step for step in award.steps if step["why"] == "suspend"]
    if not held or entitled(award, asked.month).why != "suspend":
        raise Conflict("这笔待遇没有暂停，不用恢复")
    since = Month.parse(held[-1]["month"])
    before = entitled(award, str(since.previous()))
    if str(since.previous()) < award.start_month:
        before = entitled(_as_opened(award), award.start_month)
    moved = moved_by_standard(
        award, before, since.previous().last_day, Month.parse(asked.month).first_day
    )
    base, top_up = moved or (before.base, before.top_up)
    return amount_plan(asked.month, base, top_up)


def _as_opened(award: Any) -> Any:
    award.steps = []
    return award


def plan_back(award: Any, change: Any, month: str, at: dt.datetime) -> Plan | None:
    """What held before a change, from a month on; None where anything else has moved since.

    Then nobody's arithmetic is enough: a person re-checks.
    """
    before = _before(award, change)
    since = Month.parse(change.from_month).previous().last_day
    moved = moved_by_standard(award, before, since, Month.parse(month).next().first_day)
    later = [c for c in award.changes.all() if c.order > change.order]
    same = moved is None or moved == (before.base, before.top_up)
    if later or not same or before.fen != change.before_fen:
        return None
    return amount_plan(month, before.base, before.top_up)


def _before(award: Any, change: Any) -> Due:
    """What was due in the month before a change, as if the award had run on."""
    earlier = [step for step in award.steps if step["month"] < change.from_month]
    if earlier:
        return Due(earlier[-1]["base"], earlier[-1]["top_up"], earlier[-1]["why"])
    return Due(award.monthly_fen - award.top_up_fen, award.top_up_fen, "opened")


def first_month(at: dt.datetime) -> str:
    """Changes begin with the next month, unless somebody says otherwise."""
    return str(month_of(at).next())


def parts_of(award: Any, month: str) -> tuple[int, int, int]:
    """Base, top-ups and persons of a month."""
    due = entitled(award, month)
    return due.base, due.top_up, covered_in(award, month)
