"""What follows from the departments' answers and from an authorisation."""

from doudi.audit.actor import SYSTEM
from doudi.cases import queries as cases
from doudi.cases.actions.pause import pause
from doudi.cases.file import case_of_application
from doudi.cases.flow import moves_from
from doudi.clock.time import now
from doudi.discrepancies.actions.take_up_findings import take_up_findings
from doudi.verification import events as checks
from doudi.verification.actions.issue_report import issue_report
from doudi.verification.actions.send_batch import send_batch
from doudi.verification.queries import has_report

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


def work_off_findings(event: checks.RegisterCompared) -> None:
    """What a run found becomes the towns' work; what is held waits for a person."""
    take_up_findings(event.run_id, at=now())


def work_off_released(event: checks.FindingsReleased) -> None:
    """What was held in a town is its work now."""
    take_up_findings(event.run_id, event.town, at=now())
