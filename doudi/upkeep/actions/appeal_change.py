"""申诉变动: by the phone of the application, or said at the town's window and written down there.

Against the town's decision it goes to the county, against the county's to the city; the right to
go to court stays.

Clause: SI649 art 65; XZFY arts 20, 42
Move:   none      Right: the household, or award.propose      Says: nothing
"""

import datetime as dt
from typing import Any
from uuid import UUID

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.kernel.errors import WrongStage
from doudi.redress.actions.file_change_appeal import Against, file_change_appeal
from doudi.upkeep.models import Proposal
from doudi.upkeep.queries import appealed_matter, is_recovery, may_be_appealed, month_of, told_at
from doudi.vault.masking import mask_name


def appeal_change(
    matter_id: UUID, text: str, *, asks_hold: bool, by: Staff | Actor, at: dt.datetime
) -> Any:
    """WrongStage for a change that takes nothing; Conflict where it was appealed already."""
    matter = appealed_matter(matter_id)
    if isinstance(by, Staff):
        require(by, "award.propose", matter.award.town)
    if not may_be_appealed(matter):
        raise WrongStage("appeal", "", "这次变动没有减少待遇，不用申诉；有不同意见可以找镇里")
    against = _recovery(matter) if is_recovery(matter) else _change(matter)
    return file_change_appeal(against, text, asks_hold=asks_hold, by=actor_of(by), at=at)


def _change(made: Any) -> Against:
    """Decided in the town, so the county answers."""
    before = Proposal.objects.filter(pk=made.matter_id).first() if made.matter_id else None
    hands = [before.proposed_by_id if before else "", made.decided_by_id]
    return Against(
        office=made.award.county,
        kind=made.what,
        from_month=made.from_month,
        before_fen=made.before_fen,
        after_fen=made.after_fen,
        against_at=made.at,
        hands=[hand for hand in hands if hand],
        **_of_award(made),
    )


def _recovery(found: Any) -> Against:
    """Decided in the county, so the city answers."""
    at = told_at(found) or found.proposed_at
    return Against(
        office=f"{found.county[:4]}00",
        kind="recovery",
        from_month=str(month_of(at).next()),
        before_fen=found.amount_fen,
        after_fen=0,
        against_at=at,
        hands=[hand for hand in (found.proposed_by_id, found.decided_by_id) if hand],
        **_of_award(found),
    )


def _of_award(matter: Any) -> dict[str, Any]:
    award = matter.award
    return {
        "case_id": award.case_id,
        "award_id": award.pk,
        "award_number": award.number,
        "masked_name": mask_name(award.payee_name),
        "matter_id": matter.pk,
    }
