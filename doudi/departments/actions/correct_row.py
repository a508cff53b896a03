"""更正: the department says in which later file the right row came.

Clause: PIPL art 46
Move:   TOLD -> CORRECTED      Right: problem.answer      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.departments import worklist
from doudi.departments.flow import CORRECTED
from doudi.departments.models import Problem
from doudi.kernel.errors import Invalid


def correct_row(problem_id: UUID, upload_id: str, *, by: Staff, at: dt.datetime) -> Problem:
    """Invalid without a file of the same item that was taken in after the faulty one."""
    with transaction.atomic():
        found = worklist.locked(problem_id, "correct", by)
        later = {str(upload.pk): upload for upload in worklist.later_files(found)}
        upload = later.get(upload_id)
        if upload is None:
            raise Invalid({"upload": "请选更正后的那一次交付；还没有送的，先到“我的数据项”送来"})
        found.state, found.corrected_by = CORRECTED, upload.delivery
        found.answered_by, found.answered_at = by.name, at
        found.save()
        write(
            "departments.row_corrected",
            actor=actor_of(by),
            subject=f"problem:{found.pk}",
            chain=found.county,
            detail={"upload": upload.number},
        )
    return found
