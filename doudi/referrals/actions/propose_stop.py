"""提请暂停: long after the day passed the town may propose to stop the money; nothing stops by it.

Clause: DOUDI R26; PIPL art 24 (no machine alone decides)
Move:   OPEN stays      Right: life.propose      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.referrals.flow import require_unproved
from doudi.referrals.models import LifeProof
from doudi.referrals.queries import may_propose_from

LONGEST = 300


def propose_stop(proof_id: UUID, why: str, *, by: Staff, at: dt.datetime) -> LifeProof:
    """What was tried, in words. Invalid before the grace is over; Conflict while one is open."""
    with transaction.atomic():
        proof = held(proof_id)
        require(by, "life.propose", proof.town)
        require_unproved(proof.state)
        if proof.proposed_at and not proof.decided_at:
            raise Conflict("已经提请过，等县区决定")
        since = may_propose_from(proof)
        if at.astimezone(CHINA).date() < since:
            raise Invalid({"why": "还在宽限期里，请先上门或视频联系，不能提请暂停"})
        check_words("why", why)
        proof.why, proof.proposed_at = why.strip(), at
        proof.proposed_by_id, proof.proposed_by = str(by.pk), by.name
        proof.decision, proof.decided_why, proof.decided_at = "", "", None
        proof.decided_by_id = proof.decided_by = ""
        proof.save()
        note_stop("life.stop_proposed", proof, by)
    return proof


def held(proof_id: UUID) -> LifeProof:
    """The row, locked for the deed; NotFound for none."""
    proof = LifeProof.objects.select_for_update().filter(pk=proof_id).first()
    if proof is None:
        raise NotFound("没有这份生存认证")
    return proof


def check_words(field: str, words: str) -> None:
    """Invalid unless the reason says what was tried."""
    if not 5 <= len(words.strip()) <= LONGEST:
        raise Invalid({field: "请写明理由：联系过几次、怎么联系的，5至300个字"})


def note_stop(action: str, proof: LifeProof, by: Staff, decision: str = "") -> None:
    """The line in the county's journal."""
    write(
        action,
        actor=actor_of(by),
        subject=f"award:{proof.award_id}",
        chain=proof.county,
        detail={"decision": decision} if decision else {},
    )
