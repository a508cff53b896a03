"""告知变动提请: to the household, with the day until which it may answer; or that nothing changes.

Clause: DB57 art 32; SI649 art 13
Move:   none      Right: called by reactions      Says: nothing
"""

from doudi.benefits.actions.tell_payee import tell_payee
from doudi.benefits.queries import award
from doudi.cases.queries import pack
from doudi.kernel.money import yuan_text
from doudi.redress.events import (
    ChangeAppealDismissed,
    ChangeAppealFiled,
    ChangeAppealUpheld,
)
from doudi.redress.queries import change_appeal
from doudi.regions.queries import path_name
from doudi.upkeep.events import AccountChanged, ProposalDropped, ProposalMade, RecoveryDecided
from doudi.upkeep.flow import CAUSES, HEARING, KINDS
from doudi.upkeep.models import AccountRequest, Recovery
from doudi.upkeep.queries import day_of, paid_back, proposal


def tell_proposed(event: ProposalMade) -> None:
    """Only where the household is heard: what it would come to, why, until when to answer."""
    found = proposal(event.proposal_id)
    if found.state == HEARING:
        tell_payee(
            found.award,
            "change_proposed",
            found.pk,
            what=KINDS[found.kind],
            cause=CAUSES[found.cause].words,
            month=found.from_month,
            before=yuan_text(found.before_fen),
            amount=yuan_text(found.after_fen),
            until=found.answer_by_on,
        )


def tell_dropped(event: ProposalDropped) -> None:
    """That the money goes on as it is."""
    found = proposal(event.proposal_id)
    if found.answer_by_on:
        tell_payee(found.award, "change_dropped", found.pk, what=KINDS[found.kind])


def tell_account(event: AccountChanged) -> None:
    """That another account is paid from now on; whoever did not ask for it can call."""
    found = AccountRequest.objects.select_related("award").get(pk=event.request_id)
    tail = str(found.account.open())[-4:]
    tell_payee(found.award, "account_changed", found.pk, tail=tail)


def tell_recovery(event: RecoveryDecided) -> None:
    """How much, in how many parts; or that nothing is asked back, and that what came already stays
    booked. Decided anew it is told anew.
    """
    found = Recovery.objects.select_related("award").get(pk=event.recovery_id)
    decided = found.decided_at.timestamp() if found.decided_at else 0
    open_parts, came = found.parts.filter(received_on=None), paid_back(found)
    template = "recovery_waived" if found.state == "waived" else "recovery_decided"
    template += "_after_parts" if found.state == "waived" and came else ""
    tell_payee(
        found.award,
        template,
        f"{found.pk}:{decided:.0f}",
        amount=yuan_text(sum(part.fen for part in open_parts) or found.amount_fen - came),
        came=yuan_text(came),
        parts=len(open_parts),
    )


def tell_appeal_filed(event: ChangeAppealFiled) -> None:
    """Who looks at it and by when; that the change holds meanwhile."""
    found = change_appeal(event.appeal_id)
    until, office = found.due_on, path_name(found.office)
    tell_payee(award(found.award_id), "change_appealed", found.pk, office=office, until=until)


def tell_appeal_answered(event: ChangeAppealUpheld | ChangeAppealDismissed) -> None:
    """What came of it, with the way to the court."""
    found = change_appeal(event.appeal_id)
    days = pack().book.general("redress.court_days", day_of(found.filed_at))
    tell_payee(award(found.award_id), f"change_appeal_{found.state}", found.pk, days=days)
