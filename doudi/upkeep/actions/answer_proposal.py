"""陈述申辩: the household says what it has to say, by phone page or through the town.

Clause: DB57 art 32; SI649 art 13
Move:   HEARING stays      Right: award.propose, or the household itself      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import Invalid, NotFound
from doudi.upkeep.flow import HEARING, require_state
from doudi.upkeep.models import Proposal

LONGEST = 1000


def answer_proposal(
    proposal_id: UUID, text: str, *, by: Staff | Actor, at: dt.datetime
) -> Proposal:
    """What was said, in own words; a second answer is added to the first."""
    with transaction.atomic():
        found = Proposal.objects.select_for_update().filter(pk=proposal_id).first()
        if found is None:
            raise NotFound("没有这件事")
        if isinstance(by, Staff):
            require(by, "award.propose", found.town)
        require_state("answer", found.state, HEARING)
        words = text.strip()
        if not 2 <= len(words) <= LONGEST:
            raise Invalid({"text": "请写明意见，2至1000个字"})
        earlier = found.answer.open() or ""
        found.answer = f"{earlier}\n{words}".strip()
        found.answered_at = at
        found.save()
        write(
            "award.answered",
            actor=actor_of(by),
            subject=f"award:{found.award_id}",
            chain=found.county,
        )
    return found
