"""不要转了: whoever agreed to be handed on may change his mind, on his own page or at the town.

Clause: PIPL art 15 (consent can be withdrawn)
Move:   OPEN -> STOPPED      Right: the applicant himself, or referral.make      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.referrals.flow import STOPPED, require_open
from doudi.referrals.models import Referral


def stop_referral(referral_id: UUID, *, by: Staff | Actor, at: dt.datetime) -> Referral:
    """Once; without a reason. NotAllowed for another resident, whose case it is not."""
    with transaction.atomic():
        found = Referral.objects.select_for_update(of=("self",)).filter(pk=referral_id)
        referral = found.select_related("case__application").first()
        if referral is None:
            raise NotFound("没有这次转介")
        if isinstance(by, Staff):
            require(by, "referral.make", referral.town)
        elif by.kind != "citizen" or by.id != referral.case.application.phone_index:
            raise NotAllowed("referral.make")
        require_open(referral.state)
        who = actor_of(by)
        referral.state, referral.ended_at = STOPPED, at
        referral.ended_by_id, referral.ended_by = who.id, who.name
        referral.save()
        write(
            "referral.stopped",
            actor=who,
            subject=f"case:{referral.case_id}",
            chain=referral.county,
            detail={"department": referral.department},
        )
    return referral
