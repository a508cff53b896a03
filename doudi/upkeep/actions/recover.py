"""追回: proposed by one, decided by another, in parts; good-faith errors are not asked back.

What the office did wrong, and whoever could not know, keeps the money: that decision is written
down with its reason. Nothing is ever taken off a month's living money.

Clause: NT22 五(五); DB57 art 39; SI649 art 13
Move:   proposed -> agreed, waived, repaid      Right: recovery.decide      Says: RecoveryDecided
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.benefits.queries import award as award_by_id
from doudi.cases.queries import pack
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.kernel.periods import Month
from doudi.ledger.actions.post import post
from doudi.ledger.figures import repaid
from doudi.outbox.announce import announce
from doudi.upkeep.events import RecoveryDecided
from doudi.upkeep.figures import instalments
from doudi.upkeep.flow import RECOVERY_CAUSES, require_state
from doudi.upkeep.models import Instalment, Recovery
from doudi.upkeep.queries import day_of, month_of, paid_back


def propose_recovery(
    award_id: UUID, cause: str, fen: int, words: str, *, by: Staff | Actor, at: dt.datetime
) -> Recovery:
    """Conflict while one waits for its decision."""
    award = award_by_id(award_id)
    if isinstance(by, Staff):
        require(by, "award.propose", award.town)
    if cause not in RECOVERY_CAUSES or fen <= 0 or len(words.strip()) < 2:
        raise Invalid({"amount": "请填原因、金额和理由"})
    actor = actor_of(by)
    try:
        with transaction.atomic():
            made = Recovery.objects.create(
                award=award,
                town=award.town,
                county=award.county,
                cause=cause,
                amount_fen=fen,
                why=words.strip(),
                proposed_by_id=actor.id,
                proposed_by=actor.name,
                proposed_at=at,
            )
            _journal("award.recovery_proposed", made, actor)
    except IntegrityError:
        raise Conflict("这笔待遇已有一件追回等着决定") from None
    return made


def decide_recovery(
    recovery_id: UUID, months: int, words: str, *, by: Staff, at: dt.datetime
) -> Recovery:
    """So many equal parts from next month on; 0 months: nothing is asked back."""
    with transaction.atomic():
        found = _held(recovery_id)
        require(by, "recovery.decide", found.county)
        if found.proposed_by_id == str(by.pk):
            raise NotAllowed("recovery.decide", "提请人不能决定自己提的追回，请由另一人办理")
        require_state("decide", found.state, "proposed")
        if found.decided_by_id == str(by.pk):
            raise NotAllowed("recovery.decide", "您决定过这件追回，申诉之后请由另一人决定")
        most = pack().book.general("upkeep.instalments_most", day_of(at))
        if not 0 <= months <= most or len(words.strip()) < 2:
            raise Invalid({"months": "请填0到24期和理由；0期就是不追回"})
        found.state = "agreed" if months else "waived"
        found.decided_by_id, found.decided_by = str(by.pk), by.name
        found.decided_at, found.decided_why = at, words.strip()
        found.save()
        owed = found.amount_fen - paid_back(found)
        parts = instalments(owed, months, _first(found, at)) if months and owed > 0 else []
        Instalment.objects.bulk_create(
            Instalment(recovery=found, month=month, fen=fen) for month, fen in parts
        )
        _journal(f"award.recovery_{found.state}", found, actor_of(by))
        announce(RecoveryDecided(found.pk))
    return found


def receive_part(recovery_id: UUID, month: str, *, by: Staff, at: dt.datetime) -> Recovery:
    """One part came into the county's fund; with the last the matter is closed."""
    with transaction.atomic():
        found = _held(recovery_id)
        require(by, "recovery.decide", found.county)
        require_state("receive", found.state, "agreed")
        part = found.parts.filter(month=month, received_on=None)
        fen = part.values_list("fen", flat=True).first()
        if fen is None or not part.update(received_on=day_of(at), received_by=by.name):
            raise Conflict("这一期已经登记过了")
        leg = repaid(f"{found.pk}:{month}", found.county, str(month_of(at)), fen)
        post([leg], at=at, by_name=by.name)
        if not found.parts.filter(received_on=None).exists():
            found.state = "repaid"
            found.save()
        _journal("award.recovery_received", found, actor_of(by))
    return found


def _first(found: Recovery, at: dt.datetime) -> Month:
    """Next month, or the one after the last part that came already."""
    came = found.parts.aggregate(month=Max("month"))["month"]
    following = month_of(at).next()
    return max(following, Month.parse(came).next()) if came else following


def _held(recovery_id: UUID) -> Recovery:
    found = Recovery.objects.select_for_update().filter(pk=recovery_id).first()
    if found is None:
        raise NotFound("没有这件事")
    return found


def _journal(action: str, found: Recovery, by: Actor) -> None:
    detail = {"fen": found.amount_fen}
    subject = f"award:{found.award_id}"
    write(action, actor=by, subject=subject, chain=found.county, detail=detail)
