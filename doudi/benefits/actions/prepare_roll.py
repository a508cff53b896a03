"""编制发放名册: every award due in a county and month, once.

Clause: SI649 art 12; DB57 art 25
Move:   -> DRAFT      Right: roll.prepare      Says: nothing
"""

import datetime as dt
from collections import Counter

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.benefits.dues import DueLine, lines_due
from doudi.benefits.figures import reference
from doudi.benefits.flow import RollStage
from doudi.benefits.models import Payment, Roll
from doudi.benefits.queries import covered_count
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.periods import Month
from doudi.kernel.sentences import Sentence


def prepare_roll(county: str, month: str, *, by: Staff | Actor, at: dt.datetime) -> Roll:
    """A draft roll; again while it is a draft gives it anew. Conflict once it was checked."""
    if isinstance(by, Staff):
        require(by, "roll.prepare", county)
    _check(county, month)
    actor = actor_of(by)
    with transaction.atomic():
        kept = Roll.objects.filter(county=county, month=month, kind="monthly")
        roll = kept.select_for_update().first()
        if roll and roll.stage != RollStage.DRAFT:
            raise Conflict("这个月的名册已经复核，不能重新编制")
        roll = roll or Roll(number=f"R{county}{month.replace('-', '')}", county=county, month=month)
        roll.prepared_by_id, roll.prepared_by, roll.prepared_at = actor.id, actor.name, at
        roll.version += 0 if roll._state.adding else 1
        _save(roll)
        roll.payments.all().delete()
        _fill(roll)
        write(
            "benefits.roll_prepared",
            actor=actor,
            subject=f"roll:{roll.pk}",
            chain=county,
            detail={"households": roll.household_count, "fen": roll.total_fen},
        )
    return roll


def _check(county: str, month: str) -> None:
    wrong = {} if len(county) == 6 else {"county": "请选择县区"}
    try:
        Month.parse(month)
    except ValueError:
        wrong["month"] = "月份要写成 2022-06 的样子"
    if wrong:
        raise Invalid(wrong)


def _save(roll: Roll) -> None:
    try:
        with transaction.atomic():
            roll.save()
    except IntegrityError:
        raise Conflict("别人刚刚编制了这个月的名册，请看过最新情况") from None


def _fill(roll: Roll) -> None:
    """The payments in sets; the database refuses anybody twice."""
    lines = lines_due(roll.county, roll.month)
    payments = [
        Payment(
            end_to_end_id=reference(line.award.number, roll.month, line.kind),
            roll=roll,
            award=line.award,
            person_id=line.award.payee_id,
            month=roll.month,
            kind=line.kind,
            amount_fen=line.fen,
        )
        for line in lines
    ]
    try:
        with transaction.atomic():
            Payment.objects.bulk_create(payments, batch_size=500)
    except IntegrityError:
        numbers = _doubled(lines, roll)
        raise Conflict(
            Sentence("同一人同月同类不能发两次，请先核对待遇：{numbers}", numbers=numbers)
        ) from None
    roll.household_count = len({line.award.pk for line in lines})
    roll.person_count = covered_count(roll)
    roll.total_fen = sum(p.amount_fen for p in payments)
    roll.save(update_fields=["household_count", "person_count", "total_fen"])


def _doubled(lines: list[DueLine], roll: Roll) -> list[str]:
    """The numbers of the awards that would pay somebody twice."""
    times = Counter((line.award.payee_id, line.kind) for line in lines)
    people = {line.award.payee_id for line in lines}
    paid = Payment.objects.filter(month=roll.month, person__in=people)
    elsewhere = set(paid.exclude(roll=roll).values_list("person_id", "kind"))
    named = [(line.award.number, (line.award.payee_id, line.kind)) for line in lines]
    return sorted({number for number, key in named if times[key] > 1 or key in elsewhere})
