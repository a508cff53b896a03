"""What follows from what: event -> reactions. Nothing else in the house reacts to anything.

Each reaction is small, and may be run twice: the actions it calls give the same state."""

from collections.abc import Callable
from typing import Any

from doudi.benefits import events as payments
from doudi.benefits.actions.tell_changed import tell_changed
from doudi.benefits.actions.tell_parts import tell_parts
from doudi.benefits.events import AwardChanged, AwardOpened, RollReleased, RollSent, RollSettled
from doudi.cases.events import (
    ApplicationAccepted,
    ApplicationDeclined,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CaseReturned,
    CaseReviewed,
    CaseTransferred,
    DecisionConfirmed,
    DecisionRefused,
    MorePapersAsked,
    NoticePublished,
    ObjectionRaised,
)
from doudi.discrepancies import events as inquiries
from doudi.discrepancies.actions.tell import tell_asked, tell_closed
from doudi.reactions import cases, checks, money, residents, supervision, urgent
from doudi.redress.events import (
    AppealDismissed,
    AppealFiled,
    AppealUpheld,
    ChangeAnswered,
    ChangeAppealDismissed,
    ChangeAppealFiled,
    ChangeAppealUpheld,
    ChangeReported,
    ComplaintAnswered,
    ComplaintFiled,
)
from doudi.supervision.events import CheckOverturned
from doudi.upkeep import events as upkeep
from doudi.upkeep.actions.take_up_report import take_up_report
from doudi.upkeep.actions.tell import (
    tell_account,
    tell_appeal_answered,
    tell_appeal_filed,
    tell_dropped,
    tell_proposed,
    tell_recovery,
)
from doudi.urgent.events import (
    AdvanceSigned,
    HelpClosed,
    HelpRaised,
    HelpTaken,
    OfficerRung,
    PapersMadeUp,
)
from doudi.verification import events as consents

Reaction = Callable[[Any], None]


def nothing_more(event: Any) -> None:
    """The event is for the journal and for rooms to come; today nothing follows from it."""


REACTIONS: dict[type, list[Reaction]] = {
    consents.ConsentSigned: [nothing_more],
    consents.ConsentWithdrawn: [checks.stop_the_clock],
    AppealFiled: [residents.tell_appeal_received],
    AppealUpheld: [residents.assess_anew, residents.tell_appeal_upheld],
    AppealDismissed: [residents.tell_appeal_dismissed],
    ChangeAppealFiled: [money.propose_to_hold, tell_appeal_filed],
    ChangeAppealUpheld: [money.propose_to_give_back, tell_appeal_answered],
    ChangeAppealDismissed: [money.settle_what_was_held, tell_appeal_answered],
    ChangeReported: [residents.tell_change_received],
    ChangeAnswered: [residents.tell_change_answered, take_up_report],
    ComplaintFiled: [nothing_more],
    ComplaintAnswered: [residents.tell_complaint_answered],
    CheckOverturned: [
        residents.assess_what_was_overturned,
        supervision.rectify_what_was_overturned,
    ],
    ApplicationSubmitted: [cases.send_receipt],
    MorePapersAsked: [cases.tell_what_is_missing],
    CaseTransferred: [cases.tell_transferred],
    ApplicationDeclined: [cases.tell_declined],
    ApplicationAccepted: [
        cases.tell_accepted,
        cases.start_verification,
        cases.compare_with_relatives,
    ],
    consents.VerificationRequested: [checks.ask_departments],
    consents.VerificationReported: [cases.file_report],
    consents.DeliveryDecided: [checks.tell_the_sender],
    consents.RegisterCompared: [checks.work_off_findings],
    consents.FindingsReleased: [checks.work_off_released],
    inquiries.ExplanationAsked: [tell_asked],
    inquiries.InquiryClosed: [tell_closed, checks.tell_departments],
    CaseReviewed: [nothing_more],
    NoticePublished: [cases.tell_noticed],
    ObjectionRaised: [nothing_more],
    CaseReturned: [nothing_more],
    DecisionConfirmed: [cases.open_the_award, cases.tell_confirmed, cases.look_afterwards],
    DecisionRefused: [cases.tell_refused],
    ApplicationWithdrawn: [cases.tell_withdrawn],
    AwardOpened: [money.mark_the_persons],
    AwardChanged: [tell_changed, checks.limit_the_leave],
    upkeep.ProposalMade: [tell_proposed],
    upkeep.ProposalDropped: [tell_dropped],
    upkeep.AccountChanged: [tell_account],
    upkeep.RecoveryDecided: [tell_recovery],
    upkeep.StandardApplied: [nothing_more],
    payments.PartsAgreed: [tell_parts],
    RollReleased: [money.send_to_bank],
    RollSent: [money.ask_the_bank],
    payments.PaymentCameBack: [money.tell_it_came_back],
    payments.ReissueReleased: [money.send_again],
    payments.ReissueSent: [money.ask_again],
    payments.ReissueSettled: [money.tell_paid_again],
    RollSettled: [money.tell_paid, urgent.tell_advance_paid],
    HelpRaised: [urgent.tell_help_comes],
    OfficerRung: [urgent.ring_the_officer],
    HelpTaken: [urgent.tell_who_comes],
    AdvanceSigned: [urgent.pay_the_advance, urgent.tell_advance_signed],
    PapersMadeUp: [urgent.tell_papers_made_up],
    HelpClosed: [urgent.tell_help_closed],
}
