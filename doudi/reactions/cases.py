"""What follows from a case: asked, told, paid, looked at again."""

from doudi.audit.actor import SYSTEM
from doudi.benefits.actions.open_award import open_award
from doudi.cases import queries as cases
from doudi.cases.actions.record_report import record_report
from doudi.cases.actions.tell_applicant import tell_applicant as _tell
from doudi.cases.events import (
    ApplicationAccepted,
    ApplicationDeclined,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CaseTransferred,
    DecisionConfirmed,
    DecisionRefused,
    MorePapersAsked,
    NoticePublished,
)
from doudi.clock.time import now
from doudi.kernel.money import yuan_text
from doudi.supervision.actions.flag_decision import flag_decision
from doudi.supervision.actions.match_relatives import match_relatives
from doudi.supervision.actions.open_relative_check import open_relative_check
from doudi.verification import events as checks
from doudi.verification.actions.request import Subject, request
from doudi.verification.queries import request_of

ONCE = "once"  # the key of what is told a single time


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


def compare_with_relatives(event: ApplicationAccepted) -> None:
    """Against what officers declared; a name alone is asked about."""
    match_relatives(event.case_id, at=now())


def look_afterwards(event: DecisionConfirmed) -> None:
    """Near relatives are all checked; what is beyond the ordinary is shown to the county."""
    open_relative_check(event.case_id, at=now())
    flag_decision(event.decision_id)
