"""分期发放: what is given once comes in agreed parts, proposed by one and agreed by another.

Each part is a line of a monthly roll, or what was advanced already; the parts come to what was
decided, to the fen. A part with a condition waits until somebody has seen that it is so.

Clause: LS23 二(三) (one approval, paid in stages); DOUDI R41
Move:   none      Right: award.propose; award.decide agrees      Says: PartsAgreed
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.events import PartsAgreed
from doudi.benefits.figures import is_given_once
from doudi.benefits.models import Award, Payment, PlannedPart, Roll
from doudi.benefits.parts import advances_to, bounds_of
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.kernel.money import yuan_text
from doudi.kernel.periods import Month
from doudi.kernel.sentences import Sentence
from doudi.outbox.announce import announce
from doudi.vault.scrub import PERSONAL

LONGEST = 100


@dataclass(frozen=True)
class Part:
    """From which month, how much, on what condition; or the advance that it was."""

    month: str
    fen: int
    condition: str = ""
    advance_id: UUID | None = None


def plan_parts(
    award_id: UUID, parts: Sequence[Part], *, by: Staff, at: dt.datetime
) -> list[PlannedPart]:
    """Anew as often as one likes until it is agreed; Invalid unless it comes to the decision."""
    with transaction.atomic():
        award = _held(award_id)
        require(by, "award.propose", award.town)
        _still_open(award)
        wrong = _wrong(award, parts)
        if wrong:
            raise Invalid({"parts": wrong})
        award.parts.all().delete()
        made = [_row(award, n, part, by, at) for n, part in enumerate(parts, 1)]
        write(
            "award.parts_planned",
            actor=actor_of(by),
            subject=f"award:{award.pk}",
            chain=award.county,
            detail={"parts": len(made), "fen": award.once_fen},
        )
    return made


def agree_parts(award_id: UUID, *, by: Staff, at: dt.datetime, seen: UUID | None = None) -> None:
    """NotAllowed for who planned them; from now on the sum is never paid as a whole.

    `seen` is a part of the plan that was read: Conflict where it was planned anew since.
    """
    with transaction.atomic():
        award = _held(award_id)
        require(by, "award.decide", award.town)
        _still_open(award)
        parts = list(award.parts.select_for_update())
        if not parts:
            raise Conflict("还没有分期计划")
        if any(part.proposed_by_id == str(by.pk) for part in parts):
            raise NotAllowed("award.decide", "提出分期的人不能自己同意，请由另一人办理")
        if seen and seen not in {part.pk for part in parts}:
            raise Conflict("分期计划刚刚改过，请看过再同意")
        open_month = _next_open(award.county, at)
        for part in parts:
            part.agreed_by, part.agreed_at = by.name, at
            part.due_month = "" if part.condition else max(part.month, open_month)
            part.save()
        write(
            "award.parts_agreed",
            actor=actor_of(by),
            subject=f"award:{award.pk}",
            chain=award.county,
            detail={"parts": len(parts)},
        )
        announce(PartsAgreed(award.pk))


def meet_part(part_id: UUID, how: str, *, by: Staff, at: dt.datetime) -> PlannedPart:
    """The condition is so, and how it was seen: the part comes with the next roll not checked."""
    with transaction.atomic():
        part = PlannedPart.objects.select_for_update().filter(pk=part_id).first()
        if part is None:
            raise NotFound("没有这一期")
        award = part.award
        require(by, "award.propose", award.town)
        words = how.strip()
        if not 2 <= len(words) <= LONGEST or PERSONAL.search(words):
            raise Invalid({"how": "请写明怎么核实的，2至100个字，不写证件号、手机号、账号"})
        if part.agreed_at is None or part.due_month:
            raise Conflict("这一期不用再核实条件")
        part.met_by, part.met_at, part.met_how = by.name, at, words
        part.due_month = max(part.month, _next_open(award.county, at))
        part.save()
        write(
            "award.part_met",
            actor=actor_of(by),
            subject=f"award:{award.pk}",
            chain=award.county,
            detail={"part": part.order, "from": part.due_month},
        )
    return part


def _held(award_id: UUID) -> Award:
    award = Award.objects.select_for_update().filter(pk=award_id).first()
    if award is None:
        raise NotFound("没有这笔待遇")
    return award


def _still_open(award: Award) -> None:
    """Parts are agreed before the sum stands on any roll, even a draft: never both."""
    if not is_given_once(award):
        raise Conflict("只有一次性的救助可以分期发放")
    if award.parts.filter(agreed_at__isnull=False).exists():
        raise Conflict("分期计划已经同意，不能再改")
    if award.payments.exists():
        raise Conflict("这笔救助已经列入名册，不能再分期")


def _wrong(award: Award, parts: Sequence[Part]) -> str:
    """The first thing that is wrong in a sentence; empty where nothing is."""
    bounds = bounds_of(award)
    months = [part.month for part in parts]
    if not 2 <= len(parts) <= bounds.most:
        return Sentence("分2至{most}期", most=bounds.most)
    if any(part.fen <= 0 for part in parts):
        return "每一期都要有金额"
    if sum(part.fen for part in parts) != award.once_fen:
        return Sentence("各期合计须等于决定的{yuan}元", yuan=yuan_text(award.once_fen))
    if any(PERSONAL.search(p.condition) or len(p.condition) > LONGEST for p in parts):
        return "条件里不写证件号、手机号、账号，最多100个字"
    if months != sorted(months):
        return "月份要从前到后"
    return _wrong_month(award, parts) or _wrong_advance(award, parts)


def _wrong_month(award: Award, parts: Sequence[Part]) -> str:
    bounds = bounds_of(award)
    own = [part.month for part in parts if part.advance_id is None]
    if own and not bounds.first <= min(own) <= max(own) <= bounds.last:
        return Sentence("月份在{first}到{last}之间", first=bounds.first, last=bounds.last)
    return ""


def _wrong_advance(award: Award, parts: Sequence[Part]) -> str:
    """An advance counts once, with what it was, and for the same person."""
    free = {payment.pk: payment for payment in advances_to(award)}
    named = [part for part in parts if part.advance_id]
    known = all(p.advance_id in free and free[p.advance_id].amount_fen == p.fen for p in named)
    return "" if known and len(named) <= 1 else "先行救助只能按实际发放的金额算作一期"


def _row(award: Award, order: int, part: Part, by: Staff, at: dt.datetime) -> PlannedPart:
    advance = Payment.objects.filter(pk=part.advance_id).first() if part.advance_id else None
    return PlannedPart.objects.create(
        award=award,
        order=order,
        month=part.month,
        fen=part.fen,
        condition=part.condition.strip(),
        advance=advance,
        proposed_by_id=str(by.pk),
        proposed_by=by.name,
        proposed_at=at,
    )


def _next_open(county: str, at: dt.datetime) -> str:
    """This month, or the one after the last whose roll was checked already."""
    this = Month.of(at.astimezone(CHINA).date())
    done = Roll.objects.filter(county=county, kind="monthly", month__gte=str(this))
    closed = done.exclude(stage="draft").order_by("-month").values_list("month", flat=True).first()
    return str(Month.parse(closed).next()) if closed else str(this)
