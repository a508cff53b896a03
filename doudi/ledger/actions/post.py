"""记账: movements in the transaction of the deed that they tell of.

Clause: promises.md P2 (double entry, a correction is a new entry)
Move:   none      Right: called by the actions that move money      Says: nothing
"""

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from doudi.ledger.figures import Leg
from doudi.ledger.models import Movement


def post(legs: Iterable[Leg], *, at: dt.datetime, by_name: str = "") -> None:
    """Writes every leg; IntegrityError where one of them was written before."""
    if not connection.in_atomic_block:
        raise RuntimeError("money is booked in the same transaction as the deed")
    Movement.objects.bulk_create(
        Movement(
            key=leg.key,
            debit=leg.debit,
            credit=leg.credit,
            fen=leg.fen,
            county=leg.county,
            month=leg.month,
            kind=leg.kind,
            about=leg.about,
            by_name=by_name,
            at=at,
        )
        for leg in legs
    )
