"""编制发放名册: every award due in a county and month, once.

Clause: SI649 art 12; DB57 art 25
Move:   -> DRAFT      Right: roll.prepare      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.benefits.figures import reference
from doudi.benefits.flow import RollStage
from doudi.benefits.models import Payment, Roll
from doudi.benefits.queries import awards_due
from doudi.kernel.errors import Conflict, Invalid


def prepare_roll(county: str, month: str, *, by: Staff | Actor, at: dt.datetime) -> Roll:
    """A draft roll; again while it is a draft gives it anew. Conflict once it was checked."""
    if isinstance(by, Staff):
        require(by, "roll.prepare", county)
    if len(county) != 6:
        raise Invalid({"county": "请选择县区"})
    actor = actor_of(by)
    with transaction.atomic():
        roll = Roll.objects.select_for_update().filter(county=county, month=month).first()
        if roll and roll.stage != RollStage.DRAFT:
            raise Conflict("这个月的名册已经复核,不能重新编制")
        roll = roll or Roll(number=f"R{county}{month.replace('-', '')}", county=county, month=month)
        roll.prepared_by_id, roll.prepared_by, roll.prepared_at = actor.id, actor.name, at
        roll.version += 1 if roll.household_count else 0
        roll.save()
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


def _fill(roll: Roll) -> None:
    """The payments in sets; the database refuses anybody twice."""
    awards = list(awards_due(roll.county, roll.month).defer("account"))
    payments = [
        Payment(
            end_to_end_id=reference(award.number, roll.month, award.programme),
            roll=roll,
            award=award,
            person_id=award.payee_id,
            month=roll.month,
            kind=award.programme,
            amount_fen=award.monthly_fen,
        )
        for award in awards
    ]
    Payment.objects.bulk_create(payments, batch_size=500)
    roll.household_count = len(payments)
    roll.person_count = sum(a.household_size for a in awards)
    roll.total_fen = sum(p.amount_fen for p in payments)
    roll.save(update_fields=["household_count", "person_count", "total_fen"])
