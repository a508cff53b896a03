"""处理变化报告: noted, a re-check proposed, or an account confirmed by calling back.

Clause: DB57 arts 30, 32 (increase, cut and stop need their own procedure)
Move:   open -> one of flow.OUTCOMES      Right: change.answer      Says: ChangeAnswered
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Invalid
from doudi.outbox.announce import announce
from doudi.redress.actions.close import close, held
from doudi.redress.events import ChangeAnswered
from doudi.redress.flow import outcomes_of
from doudi.redress.models import ChangeReport


def answer_change(
    change_id: UUID, outcome: str, answer: str, *, by: Staff, at: dt.datetime
) -> ChangeReport:
    """Invalid for an outcome that the kind does not know; an account needs the call back."""
    with transaction.atomic():
        report = held(ChangeReport, change_id)
        require(by, "change.answer", report.office)
        if outcome not in outcomes_of(report.kind):
            raise Invalid({"outcome": "请选一项处理结果"})
        close(report, outcome, answer, by=by, at=at)
        write(
            f"change.{outcome}",
            actor=actor_of(by),
            subject=f"case:{report.case_id}",
            chain=report.case.county,
        )
        announce(ChangeAnswered(report.pk, report.case_id))
    return report
