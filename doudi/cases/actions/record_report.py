"""核对报告入卷: files the report with its case.

Clause: DB57 art 17
Move:   none      Right: called by a reaction      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.cases.models import Case, Step


def record_report(ref: UUID, report_id: UUID, *, at: dt.datetime) -> None:
    """`ref` is the application; a second call with the same report changes nothing."""
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(application_id=ref).first()
        if case is None or case.report_id == report_id:
            return
        Case.objects.filter(pk=case.pk).update(report_id=report_id)
        Step.objects.create(
            case=case,
            at=max(at, case.last_event_at),
            by_id="",
            by_name="核对平台",
            order=case.version * 10 + 5,
            move="record_report",
            stage=case.stage,
            note="核对报告已返回",
        )
        write("case.report_filed", actor=SYSTEM, subject=f"case:{case.pk}", chain=case.county)
