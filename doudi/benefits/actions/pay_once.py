"""一次性发放: an advance that two people stand behind goes to the bank by itself, at once.

A one-line roll: who proposed it prepared it, who signed it checked and released it. The roll is
frozen and answered by the bank like every other, and nobody is paid twice for a cause in a month.

Clause: LS23 先行救助; DB57 art 25 (to the account)
Move:   -> RELEASED      Right: called by a reaction      Says: RollReleased
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.actions.make_file import make_file
from doudi.benefits.events import RollReleased
from doudi.benefits.figures import reference
from doudi.benefits.file import lines_digest
from doudi.benefits.flow import RollStage
from doudi.benefits.models import Attempt, Award, AwardPerson, Payment, Roll
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict
from doudi.kernel.periods import Month
from doudi.outbox.announce import announce
from doudi.people.queries import living_household
from doudi.regions.queries import area_of
from doudi.urgent import queries as urgent


def pay_once(advance_id: UUID, *, at: dt.datetime) -> Roll | None:
    """The released roll; a second call gives it back. None for cash, which the town hands over."""
    advance = urgent.advance(advance_id)
    if advance.manner != "account" or advance.signed_at is None:
        return None
    month = str(Month.of(advance.signed_at.astimezone(CHINA).date()))
    with transaction.atomic():
        kept = Award.objects.filter(decision_id=advance.pk).first()
        if kept:
            return kept.payments.select_related("roll").get().roll
        award = _award(advance, month, at)
        roll = _draft(advance, award, month, at)
        _line(advance, award, roll, month)
        _release(advance, roll, at)
        write(
            "benefits.paid_once",
            actor=SYSTEM,
            subject=f"roll:{roll.pk}",
            chain=roll.county,
            detail={"fen": roll.total_fen, "sha256": roll.file_sha256[:24]},
        )
        announce(RollReleased(roll.pk))
    return roll


def _award(advance: Any, month: str, at: dt.datetime) -> Award:
    """What the signature entitles to. Nothing monthly: no monthly roll ever takes it up."""
    call = advance.call
    award = Award.objects.create(
        number=f"A{call.number}",
        decision_id=advance.pk,
        programme="temporary_aid",
        area=area_of(call.region) or "urban",
        household_id=living_household(advance.person_id) or call.pk,
        county=call.county,
        town=call.town,
        village=call.region,
        payee_id=advance.person_id,
        payee_name=advance.payee_name.open(),
        account=advance.account.open(),
        bank=advance.bank,
        monthly_fen=0,
        base_fen=0,
        household_size=call.persons,
        start_month=month,
        end_month=month,
        opened_at=at,
    )
    AwardPerson.objects.create(award=award, person_id=advance.person_id)
    return award


def _draft(advance: Any, award: Award, month: str, at: dt.datetime) -> Roll:
    return Roll.objects.create(
        number=f"R{award.number[1:]}",
        county=award.county,
        month=month,
        kind="once",
        household_count=1,
        person_count=1,
        total_fen=advance.amount_fen,
        prepared_by_id=advance.by_id,
        prepared_by=advance.by_name,
        prepared_at=advance.at,
    )


def _line(advance: Any, award: Award, roll: Roll, month: str) -> None:
    """The one payment; (person, month, cause) is unique in the database (P2)."""
    kind = f"advance.{advance.kind}"
    try:
        with transaction.atomic():
            payment = Payment.objects.create(
                end_to_end_id=reference(award.number, month, kind),
                roll=roll,
                award=award,
                person_id=advance.person_id,
                month=month,
                kind=kind,
                amount_fen=advance.amount_fen,
                size=award.household_size,
                covered=1,
            )
            Attempt.objects.create(
                payment=payment,
                end_to_end_id=payment.end_to_end_id,
                holder=award.payee_name,
                account=award.account.open() or "",
                bank=award.bank,
            )
    except IntegrityError:
        raise Conflict("同一人同月同一事由不能发两次，请核对后改发现金或下月办理") from None


def _release(advance: Any, roll: Roll, at: dt.datetime) -> None:
    """The signer's hand counts for check and release: the law waives the third."""
    signer = {"checked_by_id": advance.signed_by_id, "checked_by": advance.signed_by}
    signer |= {"released_by_id": advance.signed_by_id, "released_by": advance.signed_by}
    roll.stage = RollStage.RELEASED.value
    roll.checked_at = roll.released_at = advance.signed_at
    for field, value in signer.items():
        setattr(roll, field, value)
    roll.lines_sha256 = lines_digest(roll)
    roll.file_sha256 = make_file(roll, (advance.signed_by_id, advance.signed_by), at).sha256
    roll.save()
