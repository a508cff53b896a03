"""What follows from the departments' answers and from an authorisation."""

from uuid import UUID

from doudi.audit.actor import SYSTEM
from doudi.benefits.events import AwardChanged
from doudi.benefits.queries import award_of_case, change
from doudi.cases import queries as cases
from doudi.cases.actions.pause import pause
from doudi.cases.file import case_of_application
from doudi.cases.flow import moves_from
from doudi.clock.time import CHINA, now
from doudi.departments.actions.report_rows import Found, Wrong, report_rows
from doudi.departments.actions.tell_decision import tell_decision
from doudi.discrepancies.actions.take_up_findings import take_up_findings
from doudi.discrepancies.events import InquiryClosed
from doudi.discrepancies.file import wrong_rows
from doudi.discrepancies.queries import findings_of, inquiry, visits_of
from doudi.kernel.periods import Month
from doudi.policy.rules.deadlines import working_days_after
from doudi.verification import events as checks
from doudi.verification.actions.issue_report import issue_report
from doudi.verification.actions.limit_consents import limit_consents
from doudi.verification.actions.send_batch import send_batch
from doudi.verification.queries import delivery_named, has_report

UNVERIFIED, WITHDRAWN = "核对未返回", "授权已撤回，不能再核对"


def ask_departments(event: checks.VerificationRequested) -> None:
    """Sends the request and issues the report of what came back, once."""
    if has_report(event.request_id):
        return
    send_batch(event.request_id, now())
    issue_report(event.request_id, now())


def stop_the_clock(event: checks.ConsentWithdrawn) -> None:
    """Without the authorisation nothing can be verified: the clock of the case stands."""
    case = case_of_application(event.ref)
    if case and not cases.stopped_since([case]) and "pause" in moves_from(case.stage):
        pause(case.pk, UNVERIFIED, WITHDRAWN, version=None, by=SYSTEM, at=now())


def tell_departments(event: InquiryClosed) -> None:
    """Rows that were found wrong go to whoever sent them, with what was found; once."""
    found = inquiry(event.inquiry_id)
    rows = wrong_rows(found, findings_of(found))
    if not rows or found.closed_at is None:
        return
    law, closed_on = cases.pack(), found.closed_at.astimezone(CHINA).date()
    due = working_days_after(law.book, law.calendar, "departments.problem_days", closed_on)
    seen = next((visit.on for visit in visits_of(found) if visit.met), None)
    told = Found(
        f"inquiry:{found.pk}",
        found.county,
        found.closed_by_id,
        found.to_department.open() or "",
        found.answered_at.astimezone(CHINA).date() if found.answered_at else None,
        seen,
        due.on,
    )
    wrong = [
        Wrong(UUID(r.delivery), r.code, r.row_no, r.signal, r.value, found.results[r.signal])
        for r in rows
    ]
    report_rows(told, wrong, at=found.closed_at)


def limit_the_leave(event: AwardChanged) -> None:
    """With the benefit its authorisations end some months later; where it goes on, so do they."""
    case_id = change(event.change_id).award.case_id
    award = award_of_case(case_id) if case_id else None
    if case_id is None or award is None:
        return
    last = Month.parse(award.end_month).last_day if award.end_month else None
    limit_consents(cases.case_by_id(case_id).application_id, last, at=now())


def tell_the_sender(event: checks.DeliveryDecided) -> None:
    """The receipt of a delivery that was held says what became of it."""
    reason = delivery_named(event.delivery_id).decided_reason
    tell_decision(event.delivery_id, use=event.use, reason=reason)


def work_off_findings(event: checks.RegisterCompared) -> None:
    """What a run found becomes the towns' work; what is held waits for a person."""
    take_up_findings(event.run_id, at=now())


def work_off_released(event: checks.FindingsReleased) -> None:
    """What was held in a town is its work now."""
    take_up_findings(event.run_id, event.town, at=now())
