"""Reading print jobs: each officer's own."""

import datetime as dt
from uuid import UUID

from doudi.accounts.models import Staff
from doudi.attachments.storage import fetch
from doudi.filing.flow import KEPT_HOURS, Stage
from doudi.filing.models import Batch
from doudi.kernel.errors import NotFound

LISTED = 20


def batches_of(staff: Staff) -> list[Batch]:
    """The newest jobs of an officer."""
    return list(Batch.objects.filter(staff_id=str(staff.pk)).order_by("-asked_at")[:LISTED])


def batch_of(batch_id: UUID, staff: Staff) -> Batch:
    """One job of the officer; NotFound alike for another's and for none."""
    found = Batch.objects.filter(pk=batch_id, staff_id=str(staff.pk)).first()
    if found is None:
        raise NotFound("没有这个打印任务")
    return found


def content_of(batch: Batch) -> bytes:
    """The finished file; NotFound before it is ready and after it was cleared."""
    if batch.stage != Stage.READY:
        raise NotFound("文件还没有好，或者已经清除")
    return fetch(batch.stored_name, str(batch.pk))


def waiting_of(staff_id: str) -> int:
    """How many jobs of an officer are not finished."""
    return Batch.objects.filter(staff_id=staff_id, stage=Stage.WAITING).count()


def broken_prints() -> int:
    """How many jobs were given up and wait for their officer; for the operator's machines."""
    return Batch.objects.filter(stage=Stage.BROKEN).count()


def to_clear(at: dt.datetime) -> list[Batch]:
    """Finished jobs, and those given up, whose hours are over."""
    before = at - dt.timedelta(hours=KEPT_HOURS)
    return list(Batch.objects.filter(stage__in=(Stage.READY, Stage.BROKEN), ended_at__lte=before))
