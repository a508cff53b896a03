"""A turn of what waits: a check, or a batch on its way in or out; then the worker's other duties.

What fails too often in a row is given up: it says so on its page, and a person decides.

Clause: GB/T 22239 8.1.4.4
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt
import logging

from django.db.models import F

from doudi.clock.time import real_now
from doudi.outbox.turns import Turns
from doudi.people.actions.check_import import GivenUp, check_import
from doudi.people.actions.move_pieces import carry_on
from doudi.people.flow import ATTEMPTS, CHECKING, GIVING, REFUSED, TAKING, WAITING
from doudi.people.models import ImportBatch

log = logging.getLogger("doudi.imports")
TURN = 1.5
REST = dt.timedelta(minutes=1)
TURNS = Turns(check_import)


def work_imports(seconds: float = TURN) -> bool:
    """One turn for the oldest batch; False when none waits.

    A batch between two states goes first: half of it stands in the registers.
    """
    return _move(seconds) or _check(seconds)


def _move(seconds: float) -> bool:
    """What fails rests a minute, so that the others do not wait for it."""
    under_way = ImportBatch.objects.filter(
        state__in=(TAKING, GIVING), begun_at__lte=real_now(), tries__lt=ATTEMPTS
    )
    first = under_way.order_by("begun_at").values_list("pk", flat=True).first()
    if first is None:
        return False
    try:
        carry_on(first, seconds)
    except Exception:
        log.exception("import %s could not be moved on", first)
        ImportBatch.objects.filter(pk=first).update(
            begun_at=real_now() + REST, tries=F("tries") + 1
        )
    return True


def _check(seconds: float) -> bool:
    waiting = ImportBatch.objects.filter(state__in=(WAITING, CHECKING)).order_by("uploaded_at")
    jobs = list(waiting.values_list("pk", flat=True))
    TURNS.keep_only(set(jobs))
    if not jobs:
        return False
    first = jobs[0]
    try:
        TURNS.turn(first, seconds)
    except GivenUp:
        TURNS.keep_only(set())
    except Exception:
        log.exception("the check of a table failed")
        refused = {"code": "broken", "values": {}}
        ImportBatch.objects.filter(pk=first).update(state=REFUSED, refused=refused)
    return True
