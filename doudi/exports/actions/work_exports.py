"""A turn of the exports that wait: a second or two, then the worker's other duties.

Clause: PIPL 19 (no longer than needed)
Move:   working -> failed, ready -> expired      Right: called by the timetable      Says: nothing
"""

import datetime as dt
import logging

from doudi.attachments.bulk import discard_bulk
from doudi.exports.actions.make_export import make_export
from doudi.exports.flow import EXPIRED, FAILED, READY, WAITING, WORKING
from doudi.exports.models import Export
from doudi.outbox.turns import Turns

log = logging.getLogger("doudi.exports")
TURN = 1.5
TURNS = Turns(make_export)


def work_exports(seconds: float = TURN) -> bool:
    """One turn for the oldest export; False when none waits."""
    waiting = Export.objects.filter(state__in=(WAITING, WORKING)).order_by("asked_at")
    jobs = list(waiting.values_list("pk", flat=True))
    TURNS.keep_only(set(jobs))
    if not jobs:
        return False
    first = jobs[0]
    try:
        TURNS.turn(first, seconds)
    except Exception:
        log.exception("an export failed")
        Export.objects.filter(pk=first).update(state=FAILED)
    return True


def expire_exports(*, at: dt.datetime) -> None:
    """Files past their days are removed; the line in the list tells that they were there."""
    for export in Export.objects.filter(state=READY, expires_at__lt=at):
        discard_bulk(export.stored_name)
        Export.objects.filter(pk=export.pk).update(state=EXPIRED, stored_name="")
