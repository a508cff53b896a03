"""What follows from what. Read top to bottom; nothing else in the house reacts to anything.

Each reaction is small, and may be run twice: the actions it calls give the same state."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from doudi.audit.actor import SYSTEM
from doudi.benefits import events as money
from doudi.benefits import queries as benefits
from doudi.benefits.actions import tell_paid as telling
from doudi.benefits.actions.open_award import open_award
from doudi.benefits.actions.pay_once import pay_once
from doudi.benefits.actions.send_file import send_file
from doudi.benefits.actions.send_roll import send_roll
from doudi.benefits.actions.settle_file import settle_file
from doudi.benefits.actions.settle_roll import settle_roll
from doudi.benefits.actions.tell_at_once import tell_at_once
from doudi.benefits.actions.tell_changed import tell_changed
from doudi.benefits.events import AwardChanged, AwardOpened, RollReleased, RollSent, RollSettled
from doudi.cases import queries as cases
from doudi.cases.actions.pause import pause
from doudi.cases.actions.readmit import readmit
from doudi.cases.actions.record_report import record_report
from doudi.cases.actions.reopen import reopen
from doudi.cases.actions.tell_applicant import tell_applicant as _tell
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
from doudi.cases.file import case_of_application
from doudi.cases.flow import moves_from
from doudi.clock.time import now
from doudi.kernel.money import yuan_text
from doudi.people.actions.mark_benefit import mark_benefit
from doudi.redress import queries as redress
from doudi.redress.actions.report_change import Change, report_change
from doudi.redress.events import (
    AppealDismissed,
    AppealFiled,
    AppealUpheld,
    ChangeAnswered,
    ChangeReported,
    ComplaintAnswered,
    ComplaintFiled,
)
from doudi.regions.queries import path_name
from doudi.supervision.actions.flag_decision import flag_decision
from doudi.supervision.actions.match_relatives import match_relatives
from doudi.supervision.actions.open_relative_check import open_relative_check
from doudi.supervision.events import CheckOverturned
from doudi.upkeep import events as upkeep
from doudi.upkeep.actions.take_up_report import take_up_report
from doudi.upkeep.actions.tell import tell_account, tell_dropped, tell_proposed, tell_recovery
from doudi.urgent import queries as urgent
from doudi.urgent.actions.tell import tell_caller, tell_closed, tell_officer
from doudi.urgent.events import (
    AdvanceSigned,
    HelpClosed,
    HelpRaised,
    HelpTaken,
    OfficerRung,
    PapersMadeUp,
)
from doudi.verification import events as checks
from doudi.verification.actions.issue_report import issue_report
from doudi.verification.actions.request import Subject, request
from doudi.verification.actions.send_batch import send_batch
from doudi.verification.queries import has_report, request_of

Reaction = Callable[[Any], None]
ONCE = "once"  # the key of what a case tells a single time


def send_receipt(event: ApplicationSubmitted) -> None:
    """The number and where it went."""
    _tell(event.case_id, "submitted", ONCE)


def tell_what_is_missing(event: MorePapersAsked) -> None:
    """Everything at once, with the last day."""
    asked = cases.open_supplement(event.case_id)
    if asked:
        items = "、".join(i["what"] for i in asked.items)
        told = {"count": len(asked.items), "items": items, "until": asked.answer_by_on}
        _tell(event.case_id, "supplement", asked.pk, **told)


def tell_accepted(event: ApplicationAccepted) -> None:
    """With the promised day."""
    _tell(event.case_id, "accepted", event.due_on, due=event.due_on)


def start_verification(event: ApplicationAccepted) -> None:
    """Asks the departments about every member, once for an application."""
    case = cases.case_by_id(event.case_id)
    if request_of(case.application_id):
        return
    members = case.application.declaration.open()["members"]
    subjects = [Subject(m["key"], m["name"], m["id_number"]) for m in members]
    request(
        case.application_id,
        subjects,
        purpose="application",
        county=case.county,
        by=SYSTEM,
        at=now(),
    )


def ask_departments(event: checks.VerificationRequested) -> None:
    """Sends the request and issues the report of what came back, once."""
    if has_report(event.request_id):
        return
    send_batch(event.request_id, now())
    issue_report(event.request_id, now())


def file_report(event: checks.VerificationReported) -> None:
    """The report goes into the case."""
    record_report(event.ref, event.report_id, at=now())


def tell_transferred(event: CaseTransferred) -> None:
    """Who has it now, with the telephone; one message each time it goes on."""
    case = cases.case_by_id(event.case_id)
    _tell(case.pk, "transferred", case.last_event_at.isoformat())


def tell_declined(event: ApplicationDeclined) -> None:
    """With the way to the town; nothing where it was taken in again in between."""
    case = cases.case_by_id(event.case_id)
    if case.ended_at:
        _tell(case.pk, "declined", case.ended_at.isoformat())


def tell_noticed(event: NoticePublished) -> None:
    """Until when the notice hangs."""
    _tell(event.case_id, "noticed", event.until_on, until=event.until_on)


def open_the_award(event: DecisionConfirmed) -> None:
    """The decision becomes money."""
    open_award(event.decision_id, at=now())


def tell_confirmed(event: DecisionConfirmed) -> None:
    """Amount and month; what is given once is told so."""
    made = cases.decision(event.decision_id)
    values = {"month": made.start_month, "amount": yuan_text(made.monthly_fen or made.once_fen)}
    _tell(event.case_id, "confirmed_once" if made.once_fen else "confirmed", made.pk, **values)


def tell_refused(event: DecisionRefused) -> None:
    """With the way to the town."""
    _tell(event.case_id, "refused", event.decision_id)


def tell_withdrawn(event: ApplicationWithdrawn) -> None:
    """That it may be done again."""
    _tell(event.case_id, "withdrawn", ONCE)


def mark_the_persons(event: AwardOpened) -> None:
    """One person, one benefit: every county sees it from now on."""
    award = benefits.award(event.award_id)
    mark_benefit(
        benefits.persons_of(award),
        programme=award.programme,
        county=award.county,
        award_ref=award.pk,
        from_month=award.start_month,
    )


def send_to_bank(event: RollReleased) -> None:
    """The released file; nothing where the release was taken back in between."""
    if not benefits.was_taken_back(event.roll_id):
        send_roll(event.roll_id, at=now())


def ask_the_bank(event: RollSent) -> None:
    """What became of each order."""
    settle_roll(event.roll_id, at=now())


def tell_paid(event: RollSettled) -> None:
    """To those who applied here: paid, or returned with the reason."""
    telling.tell_roll(event.roll_id)


def tell_it_came_back(event: money.PaymentCameBack) -> None:
    """What was told as paid is not there: the reason, and that it will be paid again."""
    telling.tell_came_back(event.payment_id)


def send_again(event: money.ReissueReleased) -> None:
    """The second try of what came back, to the corrected account."""
    send_file(event.file_id, at=now())


def ask_again(event: money.ReissueSent) -> None:
    """What became of each second try."""
    settle_file(event.file_id, at=now())


def tell_paid_again(event: money.ReissueSettled) -> None:
    """To those who applied here: it has come now, or came back once more."""
    telling.tell_reissue(event.file_id)


def tell_appeal_received(event: AppealFiled) -> None:
    """Who looks at it, and by when there is an answer."""
    appeal = redress.appeal(event.appeal_id)
    county = path_name(appeal.office)
    _tell(event.case_id, "appeal_received", appeal.pk, county=county, until=appeal.due_on)


def assess_anew(event: AppealUpheld) -> None:
    """Refused: investigated again. Not accepted: taken in again. Granted: a re-check, paid on."""
    case = cases.case_by_id(event.case_id)
    if case.stage == "refused":
        reopen(case.pk, version=None, by=SYSTEM, at=now())
    elif case.stage == "not_accepted":
        readmit(case.pk, version=None, by=SYSTEM, at=now())
    elif case.stage == "confirmed":
        _ask_the_town(case.pk, f"{RECHECK}（申诉{event.appeal_id}）")


RECHECK = "县级申诉成立：请重新核定待遇，核定之前照发"
OVERTURNED = "县级核查认定不符：请重新核定待遇，核定之前照发"


def _ask_the_town(case_id: UUID, words: str) -> None:
    """A report of changes to the town, once: a reaction may run twice."""
    if words not in {report.text.open() for report in redress.changes_of(case_id)}:
        report_change(case_id, Change("other", words), by=SYSTEM, at=now())


def tell_appeal_upheld(event: AppealUpheld) -> None:
    """That nothing need be handed in again."""
    _tell(event.case_id, "appeal_upheld", event.appeal_id)


def tell_appeal_dismissed(event: AppealDismissed) -> None:
    """With the way to the court."""
    case = cases.case_by_id(event.case_id)
    months = cases.pack().book.general("redress.court_months", now().date())
    _tell(case.pk, "appeal_dismissed", event.appeal_id, months=months)


def tell_change_received(event: ChangeReported) -> None:
    """By when there is an answer."""
    until = redress.change(event.change_id).due_on
    _tell(event.case_id, "change_received", event.change_id, until=until)


def tell_change_answered(event: ChangeAnswered) -> None:
    """Where it stands; nothing of it in the message."""
    _tell(event.case_id, "change_answered", event.change_id)


def tell_complaint_answered(event: ComplaintAnswered) -> None:
    """Only who gave a name and a case is written to; nothing of it in the message."""
    complaint = redress.complaint(event.complaint_id)
    if complaint.case_id:
        _tell(complaint.case_id, "complaint_answered", complaint.pk)


def stop_the_clock(event: checks.ConsentWithdrawn) -> None:
    """Without the authorisation nothing can be verified: the clock of the case stands."""
    case = case_of_application(event.ref)
    if case and not cases.stopped_since([case]) and "pause" in moves_from(case.stage):
        pause(case.pk, UNVERIFIED, WITHDRAWN, version=None, by=SYSTEM, at=now())


def assess_what_was_overturned(event: CheckOverturned) -> None:
    """The town is told to assess anew; the money goes on meanwhile."""
    _ask_the_town(event.case_id, f"{OVERTURNED}（核查{event.check_id}）")


def compare_with_relatives(event: ApplicationAccepted) -> None:
    """Against what officers declared; a name alone is asked about."""
    match_relatives(event.case_id, at=now())


def look_afterwards(event: DecisionConfirmed) -> None:
    """Near relatives are all checked; what is beyond the ordinary is shown to the county."""
    open_relative_check(event.case_id, at=now())
    flag_decision(event.decision_id)


UNVERIFIED, WITHDRAWN = "核对未返回", "授权已撤回，不能再核对"


def tell_help_comes(event: HelpRaised) -> None:
    """The number, by when somebody calls, by when somebody comes."""
    tell_caller(event.call_id, "urgent_raised", ONCE)


def ring_the_officer(event: OfficerRung) -> None:
    """To the officer's own phone, without a name."""
    tell_officer(event.ringing_id)


def tell_who_comes(event: HelpTaken) -> None:
    """The surname of the officer and the day of the visit."""
    tell_caller(event.call_id, "urgent_taken", ONCE)


def pay_the_advance(event: AdvanceSigned) -> None:
    """The money goes first; cash is handed over by the town."""
    pay_once(event.advance_id, at=now())


def tell_advance_signed(event: AdvanceSigned) -> None:
    """Amount, way, and until when the papers may follow."""
    tell_caller(urgent.advance(event.advance_id).call_id, "urgent_signed", event.advance_id)


def tell_advance_paid(event: RollSettled) -> None:
    """To whoever asked for help at once: paid, or returned; then cash takes its place."""
    tell_at_once(event.roll_id, at=now())


def tell_papers_made_up(event: PapersMadeUp) -> None:
    """Thanks, and that a masked notice follows."""
    tell_caller(urgent.advance(event.advance_id).call_id, "urgent_made_up", event.advance_id)


def tell_help_closed(event: HelpClosed) -> None:
    """That they may come again."""
    tell_closed(event.call_id)


def nothing_more(event: Any) -> None:
    """The event is for the journal and for rooms to come; today nothing follows from it."""


REACTIONS: dict[type, list[Reaction]] = {
    checks.ConsentSigned: [nothing_more],
    checks.ConsentWithdrawn: [stop_the_clock],
    AppealFiled: [tell_appeal_received],
    AppealUpheld: [assess_anew, tell_appeal_upheld],
    AppealDismissed: [tell_appeal_dismissed],
    ChangeReported: [tell_change_received],
    ChangeAnswered: [tell_change_answered, take_up_report],
    ComplaintFiled: [nothing_more],
    ComplaintAnswered: [tell_complaint_answered],
    CheckOverturned: [assess_what_was_overturned],
    ApplicationSubmitted: [send_receipt],
    MorePapersAsked: [tell_what_is_missing],
    CaseTransferred: [tell_transferred],
    ApplicationDeclined: [tell_declined],
    ApplicationAccepted: [tell_accepted, start_verification, compare_with_relatives],
    checks.VerificationRequested: [ask_departments],
    checks.VerificationReported: [file_report],
    CaseReviewed: [nothing_more],
    NoticePublished: [tell_noticed],
    ObjectionRaised: [nothing_more],
    CaseReturned: [nothing_more],
    DecisionConfirmed: [open_the_award, tell_confirmed, look_afterwards],
    DecisionRefused: [tell_refused],
    ApplicationWithdrawn: [tell_withdrawn],
    AwardOpened: [mark_the_persons],
    AwardChanged: [tell_changed],
    upkeep.ProposalMade: [tell_proposed],
    upkeep.ProposalDropped: [tell_dropped],
    upkeep.AccountChanged: [tell_account],
    upkeep.RecoveryDecided: [tell_recovery],
    upkeep.StandardApplied: [nothing_more],
    RollReleased: [send_to_bank],
    RollSent: [ask_the_bank],
    money.PaymentCameBack: [tell_it_came_back],
    money.ReissueReleased: [send_again],
    money.ReissueSent: [ask_again],
    money.ReissueSettled: [tell_paid_again],
    RollSettled: [tell_paid, tell_advance_paid],
    HelpRaised: [tell_help_comes],
    OfficerRung: [ring_the_officer],
    HelpTaken: [tell_who_comes],
    AdvanceSigned: [pay_the_advance, tell_advance_signed],
    PapersMadeUp: [tell_papers_made_up],
    HelpClosed: [tell_help_closed],
}
