"""A turn of the checks that wait: a second or two, then the worker's other duties.

Clause: GB/T 22239 8.1.4.4
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt
import logging

from doudi.clock.time import real_now
from doudi.outbox.turns import Turns
from doudi.people.actions.check_import import GivenUp, check_import
from doudi.people.actions.move_pieces import carry_on
from doudi.people.flow import CHECKING, GIVING, REFUSED, TAKING, WAITING
from doudi.people.models import ImportBatch

log = logging.getLogger("doudi.imports")
TURN = 1.5
QUIET = dt.timedelta(minutes=1)
TURNS = Turns(check_import)


def work_imports(seconds: float = TURN) -> bool:
    """One turn for the oldest batch; False when none waits.

    A batch that stopped between two states goes first: whoever moved it is gone.
    """
    left = ImportBatch.objects.filter(state__in=(TAKING, GIVING), begun_at__lt=real_now() - QUIET)
    stopped = left.values_list("pk", flat=True).first()
    if stopped:
        carry_on(stopped, seconds)
        return True
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
