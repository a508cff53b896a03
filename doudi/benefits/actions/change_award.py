"""待遇变动: the one place where a running award changes; every change is a row that stays.

A change says what is due from a month on, in one step or several, or that nothing is from then on.
Who may, and after which hearing, the caller has settled: a proposal, a list, a batch.

Clause: DB57 arts 31-34
Move:   none      Right: the caller's      Says: AwardChanged
"""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.benefits.dues import has_payment_from
from doudi.benefits.events import AwardChanged
from doudi.benefits.figures import Step, entitled, with_steps
from doudi.benefits.models import Award, AwardChange
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.kernel.periods import Month
from doudi.outbox.announce import announce
from doudi.people.actions.mark_benefit import end_mark, renew_mark


@dataclass(frozen=True)
class Change:
    """What is to hold: amounts by month, and the last month if the award ends.

    `before_fen` is what the proposer saw in the first month; somebody else's change in between
    makes it a Conflict. `leaving` are the persons who are covered no longer, `returning` those who
    are again; `reopens` an award that had ended.
    """

    what: str
    from_month: str
    before_fen: int
    amounts: tuple[tuple[str, int, int], ...]  # month, base, top-up
    until_month: str = ""
    reason: str = ""
    document: str = "DB57"
    article: str = "32"
    matter_id: UUID | None = None
    paper: str = ""
    proposed_by: str = ""
    leaving: tuple[UUID, ...] = field(default=())
    returning: tuple[UUID, ...] = field(default=())
    reopens: bool = False


def change_award(award_id: UUID, change: Change, *, by: Actor, at: dt.datetime) -> AwardChange:
    """The row; given back as it is where the same matter changed this award already."""
    with transaction.atomic():
        award = Award.objects.select_for_update().filter(pk=award_id).first()
        if award is None:
            raise NotFound("没有这笔待遇")
        kept = award.changes.filter(matter_id=change.matter_id, what=change.what).first()
        if kept and change.matter_id:
            return kept
        _check(award, change)
        row = _row(award, change, by, at)
        _apply(award, change, row)
        write(
            f"award.{change.what}",
            actor=by,
            subject=f"award:{award.pk}",
            chain=award.county,
            detail={"from": change.from_month, "fen": row.after_fen, "before": row.before_fen},
        )
        announce(AwardChanged(award.pk, row.pk))
    return row


def _check(award: Award, change: Change) -> None:
    months = [month for month, _, _ in change.amounts] + [change.from_month]
    for month in [*months, change.until_month or change.from_month]:
        Month.parse(month)
    if change.amounts and min(months) != change.from_month:
        raise Invalid({"from_month": "变动的月份前后不一致"})
    if change.from_month < award.start_month:
        raise Invalid({"from_month": "不能早于这笔待遇的第一个月"})
    if award.end_month and award.end_month < change.from_month and not change.reopens:
        raise Conflict("这笔待遇那时已经停发")
    if entitled(award, change.from_month).fen != change.before_fen:
        raise Conflict("提出以后待遇又有变动，请看过最新情况再提")


def _row(award: Award, change: Change, by: Actor, at: dt.datetime) -> AwardChange:
    first = change.amounts[0] if change.amounts else (change.from_month, 0, 0)
    _, base, top_up = first
    this_month = str(Month.of(at.astimezone(CHINA).date()))
    late = change.from_month <= this_month or has_payment_from(award, change.from_month)
    try:
        with transaction.atomic():
            return AwardChange.objects.create(
                award=award,
                order=award.changes.count() + 1,
                what=change.what,
                from_month=change.from_month,
                before_fen=change.before_fen,
                after_fen=base + top_up,
                base_fen=base,
                top_up_fen=top_up,
                until_month=change.until_month,
                is_late=late,
                reason=change.reason,
                document=change.document,
                article=change.article,
                matter_id=change.matter_id,
                paper=change.paper,
                proposed_by=change.proposed_by,
                decided_by_id=by.id,
                decided_by=by.name,
                at=at,
            )
    except IntegrityError:
        raise Conflict("别人刚刚变动了这笔待遇，请看过最新情况") from None


def _apply(award: Award, change: Change, row: AwardChange) -> None:
    """The steps, the end, the persons and the marks follow the row."""
    if change.amounts:
        steps = [Step(m, base, up, change.what, row.order) for m, base, up in change.amounts]
        award.steps = with_steps(award, steps)
    if change.reopens and award.end_month:
        renew_mark(award.pk, award.end_month)
        award.end_month = ""
    if change.until_month:
        award.end_month = change.until_month
        end_mark(award.pk, change.until_month)
    award.save(update_fields=["steps", "end_month"])
    last = str(Month.parse(change.from_month).previous())
    leaving = award.persons.filter(person_id__in=change.leaving, until_month="")
    leaving.update(until_month=last)
    end_mark(award.pk, last, of=change.leaving)
    _pay_another(award, change.leaving)
    _take_back_in(award, change.returning)


def _pay_another(award: Award, leaving: tuple[UUID, ...]) -> None:
    """Whoever is paid and leaves gives way to the eldest who stays; the account stays as it is."""
    if award.payee_id not in leaving:
        return
    staying = award.persons.filter(until_month="").order_by("person__born_on", "pk").first()
    if staying:
        award.payee_id = staying.person_id
        award.save(update_fields=["payee"])


def _take_back_in(award: Award, returning: tuple[UUID, ...]) -> None:
    """Whoever had left is covered again, as if never gone."""
    for row in award.persons.filter(person_id__in=returning).exclude(until_month=""):
        renew_mark(award.pk, row.until_month, of=(row.person_id,))
        row.until_month = ""
        row.save(update_fields=["until_month"])
