"""决定变动: a second person decides what one proposed, after the household was heard.

A move to another county is the receiving county's to decide: its consent is the decision.

Clause: DB57 arts 20, 32; NT22 三(一); four eyes (promises.md B)
Move:   HEARING, OPEN -> AGREED or DROPPED      Right: award.decide      Says: ProposalDropped
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, may, require
from doudi.audit.journal import write
from doudi.benefits.actions.change_award import Change, change_award
from doudi.benefits.actions.move_award import move_award
from doudi.kernel.errors import Invalid, NotAllowed, NotFound
from doudi.outbox.announce import announce
from doudi.upkeep.actions.follow_move import follow_move
from doudi.upkeep.actions.propose import clause_of
from doudi.upkeep.events import ProposalDropped
from doudi.upkeep.flow import AGREED, DROPPED, HEARING, ON_AWARD, OPEN, require_state
from doudi.upkeep.models import Proposal
from doudi.upkeep.queries import day_of, hands_of_appeal, may_decide_from

LONGEST = 500


def decide_proposal(
    proposal_id: UUID, *, agree: bool, why: str, by: Staff, at: dt.datetime
) -> Proposal:
    """NotAllowed for who proposed it; Invalid before the household's days are over."""
    with transaction.atomic():
        found = Proposal.objects.select_for_update().filter(pk=proposal_id).first()
        if found is None:
            raise NotFound("没有这件事")
        _may_decide(found, agree, by)
        if found.proposed_by_id == str(by.pk):
            raise NotAllowed("award.decide", "提请人不能决定自己提的变动，请由另一人办理")
        require_state("decide", found.state, HEARING, OPEN)
        _check(found, why, at)
        found.state = AGREED if agree else DROPPED
        found.decided_by_id, found.decided_by, found.decided_at = str(by.pk), by.name, at
        found.decided_why = why.strip()
        found.save()
        if agree:
            _change(found, by, at)
        write(
            "award.decided" if agree else "award.dropped",
            actor=actor_of(by),
            subject=f"award:{found.award_id}",
            chain=found.county,
            detail={"kind": found.kind},
        )
        if not agree:
            announce(ProposalDropped(found.pk))
    return found


def _may_decide(found: Proposal, agree: bool, by: Staff) -> None:
    """After an appeal the county may decide too; never who had a hand in what is appealed."""
    if found.origin != "appeal" or found.origin_id is None:
        require(by, "award.decide", _place(found, agree, by))
        return
    if str(by.pk) in hands_of_appeal(found.origin_id):
        raise NotAllowed("award.decide", "您提请、决定或答复过这次变动，请由另一人决定")
    if not may(by, "recovery.decide", found.county):
        require(by, "award.decide", found.town)


def _place(found: Proposal, agree: bool, by: Staff) -> str:
    """Where it is decided; that it does not come about, the place it came from may say as well."""
    if not agree and may(by, "award.decide", found.town):
        return found.town
    return found.decided_at_place


def _check(found: Proposal, why: str, at: dt.datetime) -> None:
    first = may_decide_from(found)
    if first and day_of(at) < first:
        raise Invalid({"decision": "陈述申辩期还没满，本人也还没答复，现在不能决定"})
    if not 2 <= len(why.strip()) <= LONGEST:
        raise Invalid({"why": "请写明决定的理由，2至500个字"})


def _change(found: Proposal, by: Staff, at: dt.datetime) -> None:
    document, article = clause_of(found.cause)
    change = Change(
        what=ON_AWARD.get(found.kind, found.kind),
        from_month=found.from_month,
        before_fen=found.before_fen,
        amounts=tuple((m, base, up) for m, base, up in found.amounts),
        until_month=found.until_month,
        reason=found.cause,
        document=document,
        article=article,
        matter_id=found.pk,
        paper=found.paper,
        proposed_by=found.proposed_by,
        leaving=(found.person_id,) if found.kind == "person_out" and found.person_id else (),
        returning=(found.person_id,) if found.kind == "restore" and found.person_id else (),
        reopens=found.kind == "restore",
    )
    if found.kind == "move":
        new = move_award(found.award_id, found.to_village, change, by=actor_of(by), at=at)
        follow_move(found.award, new, by=actor_of(by), at=at)
    else:
        change_award(found.award_id, change, by=actor_of(by), at=at)
