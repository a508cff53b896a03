"""登记生存认证: somebody of the town saw the person alive: at home, by video, or at the window.

Clause: DOUDI R26
Move:   OPEN -> PROVED      Right: life.record      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Invalid, NotFound
from doudi.referrals.flow import LIFE_MANNERS, PROVED, require_unproved
from doudi.referrals.models import LifeProof

LONGEST = 300


@dataclass(frozen=True)
class Proof:
    """How the person was seen, on which day, and what is to be noted of it."""

    manner: str
    seen_on: dt.date
    note: str


def prove_life(proof_id: UUID, seen: Proof, *, by: Staff, at: dt.datetime) -> LifeProof:
    """Once a year, also after a stop was proposed or signed. Invalid for a day to come."""
    with transaction.atomic():
        proof = LifeProof.objects.select_for_update().filter(pk=proof_id).first()
        if proof is None:
            raise NotFound("没有这份生存认证")
        require(by, "life.record", proof.town)
        require_unproved(proof.state)
        _check(proof, seen, at.astimezone(CHINA).date())
        proof.state, proof.manner, proof.seen_on = PROVED, seen.manner, seen.seen_on
        proof.note = seen.note.strip()
        proof.proved_by_id, proof.proved_by, proof.proved_at = str(by.pk), by.name, at
        proof.save()
        write(
            "life.proved",
            actor=actor_of(by),
            subject=f"award:{proof.award_id}",
            chain=proof.county,
            detail={"manner": seen.manner},
        )
    return proof


def _check(proof: LifeProof, seen: Proof, on: dt.date) -> None:
    wrong = {}
    if seen.manner not in LIFE_MANNERS:
        wrong["manner"] = "请选怎么认证的"
    if not proof.opened_at.astimezone(CHINA).date() <= seen.seen_on <= on:
        wrong["seen_on"] = "请填见到本人的日期，不早于这次提醒，不晚于今天"
    if not 2 <= len(seen.note.strip()) <= LONGEST:
        wrong["note"] = "请写明见到本人的情况，2至300个字"
    if wrong:
        raise Invalid(wrong)
