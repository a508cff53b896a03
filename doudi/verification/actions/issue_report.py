"""出具核对报告: freezes what came back, with a hash and a term; a reference, not a verdict.

Clause: DB57 arts 17, 18
Move:   none      Right: called by a reaction      Says: VerificationReported
"""

import datetime as dt
import hashlib
import json
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.outbox.announce import announce
from doudi.verification.events import VerificationReported
from doudi.verification.file import lasts
from doudi.verification.models import Report, Request
from doudi.verification.queries import report_content


def issue_report(request_id: UUID, at: dt.datetime) -> Report:
    """The report of a request; a second one of a re-asked request stands beside the first."""
    with transaction.atomic():
        request = Request.objects.select_for_update().get(pk=request_id)
        content = report_content(request)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        count = request.reports.count() + 1
        report = Report.objects.create(
            number=f"{request.number}-{count}",
            request=request,
            ref=request.ref,
            issued_at=at,
            valid_until=lasts("verification.report_days", at),
            content=content,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
        )
        Request.objects.filter(pk=request_id).update(state="reported")
        write(
            "verification.reported",
            actor=SYSTEM,
            subject=f"request:{request_id}",
            chain=request.county,
            detail={"sha256": report.sha256[:24]},
        )
        announce(VerificationReported(request.ref, report.pk))
    return report
