"""决定是否暂停: the county's word on a proposal, by another hand than the one that proposed.

Clause: DOUDI R26; PIPL art 24 (no machine alone decides)
Move:   OPEN stays      Right: life.decide      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from doudi.referrals.actions.propose_stop import check_words, held, note_stop
from doudi.referrals.flow import LIFE_DECISIONS, require_unproved
from doudi.referrals.models import LifeProof


def decide_stop(
    proof_id: UUID, decision: str, why: str, *, by: Staff, at: dt.datetime
) -> LifeProof:
    """The county's word on a proposal, by another hand; no payment is stopped by this alone."""
    with transaction.atomic():
        proof = held(proof_id)
        require(by, "life.decide", proof.county)
        require_unproved(proof.state)
        if not proof.proposed_at or proof.decided_at:
            raise Conflict("没有等着决定的提请")
        if proof.proposed_by_id == str(by.pk):
            raise NotAllowed("life.decide", "提请的人不能自己决定")
        if decision not in LIFE_DECISIONS:
            raise Invalid({"decision": "请选一个结果"})
        check_words("why", why)
        proof.decision, proof.decided_why, proof.decided_at = decision, why.strip(), at
        proof.decided_by_id, proof.decided_by = str(by.pk), by.name
        proof.save()
        note_stop("life.stop_decided", proof, by, decision)
    return proof
