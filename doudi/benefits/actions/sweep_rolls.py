"""催办名册: a roll that hangs between release and the bank's answer is taken up again.

Clause: promises.md P3, P21
Move:   RELEASED -> SENT -> SETTLED      Right: called by the timetable      Says: nothing
"""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from doudi.benefits.actions.send_file import send_file
from doudi.benefits.actions.send_roll import send_roll
from doudi.benefits.actions.settle_file import settle_file
from doudi.benefits.actions.settle_roll import settle_roll
from doudi.benefits.channels.base import BankAway
from doudi.benefits.flow import RollStage
from doudi.benefits.models import BankFile, Roll
from doudi.kernel.errors import DoudiError

log = logging.getLogger("doudi.benefits")
PATIENCE = dt.timedelta(minutes=10)


def sweep_rolls(*, at: dt.datetime) -> int:
    """One more try for each; returns how many went on. Whoever fails again is logged by number."""
    before = at - PATIENCE
    hanging = Roll.objects.filter(stage=RollStage.RELEASED, released_at__lt=before)
    unsettled = Roll.objects.filter(stage=RollStage.SENT, sent_at__lt=before)
    alone = BankFile.objects.filter(roll=None)  # a second try stands by itself
    tries: list[tuple[Callable[..., Any], Roll | BankFile]] = [
        *((send_roll, roll) for roll in hanging),
        *((settle_roll, roll) for roll in unsettled),
        *((send_file, f) for f in alone.filter(stage="released", released_at__lt=before)),
        *((settle_file, f) for f in alone.filter(stage="sent", sent_at__lt=before)),
    ]
    return sum(_try(action, row, at) for action, row in tries)


def _try(action: Callable[..., Any], roll: Roll | BankFile, at: dt.datetime) -> bool:
    try:
        action(roll.pk, at=at)  # a transaction of its own, or one a batch: kept if it fails later
    except (BankAway, DoudiError) as problem:
        log.warning("%s hangs: %s", roll.number, type(problem).__name__)
        return False
    return True
