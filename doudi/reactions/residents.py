"""What follows from an appeal, a report of changes, a complaint."""

from uuid import UUID

from doudi.audit.actor import SYSTEM
from doudi.cases import queries as cases
from doudi.cases.actions.readmit import readmit
from doudi.cases.actions.reopen import reopen
from doudi.cases.actions.tell_applicant import tell_applicant as _tell
from doudi.clock.time import now
from doudi.redress import queries as redress
from doudi.redress.actions.report_change import Change, report_change
from doudi.redress.events import (
    AppealDismissed,
    AppealFiled,
    AppealUpheld,
    ChangeAnswered,
    ChangeReported,
    ComplaintAnswered,
)
from doudi.regions.queries import path_name
from doudi.supervision.events import CheckOverturned

RECHECK = "县级申诉成立：请重新核定待遇，核定之前照发"
OVERTURNED = "县级核查认定不符：请重新核定待遇，核定之前照发"


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


def assess_what_was_overturned(event: CheckOverturned) -> None:
    """The town is told to assess anew; the money goes on meanwhile."""
    _ask_the_town(event.case_id, f"{OVERTURNED}（核查{event.check_id}）")
