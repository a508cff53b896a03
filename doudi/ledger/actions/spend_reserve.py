"""备用金支出: what a town handed over in cash leaves its reserve and is spent on aid.

Clause: LS23 三(三); promises.md P2
Move:   none      Right: called by a reaction      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.ledger.actions.post import post
from doudi.ledger.figures import Leg, aid, reserve
from doudi.ledger.models import Movement


def spend_reserve(town: str, fen: int, month: str, about: str, *, at: dt.datetime) -> None:
    """Once for what it is about; a reserve below zero is shown, the cash is gone already."""
    key = f"cash:{about}"
    with transaction.atomic():
        if Movement.objects.filter(key=key).exists():
            return
        county = town[:6]
        leg = Leg(key, aid(county), reserve(town), fen, county, month, "cash", about[:60])
        post([leg], at=at)
