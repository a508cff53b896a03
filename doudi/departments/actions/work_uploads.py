"""A turn of the checks that wait: a second or two, then the worker's other duties.

Clause: GB/T 22239 8.1.4.4
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt
import logging

from doudi.attachments.bulk import discard_bulk
from doudi.departments.actions.check_upload import check_upload
from doudi.departments.flow import HELD, OPEN, REFUSED, TAKEN
from doudi.departments.models import Upload
from doudi.outbox.turns import Turns

log = logging.getLogger("doudi.departments")
TURN = 1.5
TURNS = Turns(check_upload)


def work_uploads(seconds: float = TURN) -> bool:
    """One turn for the oldest file; False when none waits."""
    waiting = Upload.objects.filter(state__in=OPEN).order_by("received_at", "sequence", "number")
    jobs = list(waiting.values_list("pk", flat=True))
    TURNS.keep_only(set(jobs))
    if not jobs:
        return False
    try:
        TURNS.turn(jobs[0], seconds)
    except Exception:
        log.exception("the check of a delivered file failed")
        told = {"code": "failed", "values": {}, "rows": []}
        Upload.objects.filter(pk=jobs[0], delivery=None).update(state=REFUSED, refused=told)
        Upload.objects.filter(pk=jobs[0], delivery__state="held").update(state=HELD)
        Upload.objects.filter(pk=jobs[0], delivery__state="accepted").update(state=TAKEN)
    return True


def expire_uploads(*, at: dt.datetime) -> None:
    """Files with rows to mend lie for seven days; the receipt stays."""
    for upload in Upload.objects.filter(expires_at__lt=at).exclude(errors_name=""):
        discard_bulk(upload.errors_name)
        Upload.objects.filter(pk=upload.pk).update(errors_name="", faults=[])
