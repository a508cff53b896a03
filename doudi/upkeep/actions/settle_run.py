"""放行或作废批次: a run that was held is looked at by a person: let go on, or thrown away.

Clause: PIPL art 24; promises.md P24
Move:   HELD -> HEARING, OPEN or DROPPED      Right: brake.release      Says: ProposalMade
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, NotFound
from doudi.outbox.announce import announce
from doudi.upkeep.actions.propose import answer_by
from doudi.upkeep.events import ProposalMade
from doudi.upkeep.flow import DROPPED, HEARING, HELD, OPEN
from doudi.upkeep.models import Proposal, Run


def settle_run(run_id: UUID, *, go: bool, by: Staff, at: dt.datetime) -> Run:
    """Every proposal of the run goes on to its town, heard where it must be; or none does."""
    with transaction.atomic():
        run = Run.objects.select_for_update().filter(pk=run_id).first()
        if run is None:
            raise NotFound("没有这个批次")
        require(by, "brake.release", run.town)
        if not run.is_held or run.settled_at:
            raise Conflict("这个批次没有压下，或已经处理过")
        held = list(Proposal.objects.filter(run=run, state=HELD))
        for proposal in held:
            heard = proposal.answer_by_on is not None
            proposal.state = (HEARING if heard else OPEN) if go else DROPPED
            proposal.answer_by_on = answer_by(at) if heard else None
            proposal.save(update_fields=["state", "answer_by_on"])
        run.settled_by, run.settled_at = by.name, at
        run.save(update_fields=["settled_by", "settled_at"])
        write(
            "award.run_released" if go else "award.run_thrown_away",
            actor=actor_of(by),
            subject=f"run:{run.pk}",
            chain=run.town[:6],
            detail={"proposed": len(held)},
        )
        for proposal in held if go else []:
            announce(ProposalMade(proposal.pk))
    return run
