"""催办名册: a roll that hangs between release and the bank's answer is taken up again.

Clause: promises.md P3, P21
Move:   RELEASED -> SENT -> SETTLED      Right: called by the timetable      Says: nothing
"""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from doudi.benefits.actions.send_roll import send_roll
from doudi.benefits.actions.settle_roll import settle_roll
from doudi.benefits.channels.base import BankAway
from doudi.benefits.flow import RollStage
from doudi.benefits.models import Roll
from doudi.kernel.errors import DoudiError

log = logging.getLogger("doudi.benefits")
PATIENCE = dt.timedelta(minutes=10)


def sweep_rolls(*, at: dt.datetime) -> int:
    """One more try for each; returns how many went on. Whoever fails again is logged by number."""
    before = at - PATIENCE
    hanging = Roll.objects.filter(stage=RollStage.RELEASED, released_at__lt=before)
    unsettled = Roll.objects.filter(stage=RollStage.SENT, sent_at__lt=before)
    tries = [(send_roll, roll) for roll in hanging] + [(settle_roll, roll) for roll in unsettled]
    return sum(_try(action, roll, at) for action, roll in tries)


def _try(action: Callable[..., Any], roll: Roll, at: dt.datetime) -> bool:
    try:
        action(roll.pk, at=at)  # a transaction of its own, or one a batch: kept if it fails later
    except (BankAway, DoudiError) as problem:
        log.warning("roll %s hangs: %s", roll.number, type(problem).__name__)
        return False
    return True
