"""The worker's round: refresh the clock, run what is due, deliver, beat."""

import logging
import threading

from django.db import close_old_connections

from doudi.clock.time import now, real_now, refresh
from doudi.outbox.deliver import deliver
from doudi.outbox.models import WorkerBeat
from doudi.outbox.schedule import tick

log = logging.getLogger("doudi.worker")
IDLE = 0.4


def one_round() -> int:
    """One round; returns how many events were delivered."""
    refresh()
    tick(now())
    done = deliver()
    WorkerBeat.objects.update_or_create(pk="worker", defaults={"at": real_now()})
    return done


def run_forever(stop: threading.Event) -> None:
    """Goes round until `stop` is set; an error of a round is logged and the next one comes."""
    while not stop.is_set():
        try:
            busy = one_round()
        except Exception:
            log.exception("a round failed")
            busy = 0
        close_old_connections()
        if not busy:
            stop.wait(IDLE)
