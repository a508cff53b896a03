"""登记拨款: money that a treasury gives into a county's (or town's, or the city's) fund for aid.

Clause: SI649 art 5 (budgets of governments); promises.md P2
Move:   none      Right: fund.allot      Says: nothing
"""

import datetime as dt

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid
from doudi.ledger.actions.post import post
from doudi.ledger.figures import Leg, fund, source

LONGEST = 40


def allot(region: str, origin: str, fen: int, document: str, *, by: Staff, at: dt.datetime) -> None:
    """From the treasury of `origin` (city, county) into the fund of `region`; a document once."""
    with transaction.atomic():
        require(by, "fund.allot", region)
        number = document.strip()
        if not 2 <= len(number) <= LONGEST:
            raise Invalid({"document": "请填写拨款文号，最多40个字"})
        if fen <= 0:
            raise Invalid({"amount": "金额要大于零"})
        leg = Leg(
            key=f"allot:{region}:{number}",
            debit=fund(region),
            credit=source(origin),
            fen=fen,
            county=region[:6],
            month=f"{at.astimezone(CHINA):%Y-%m}",
            kind="allot",
            about=number,
        )
        try:
            with transaction.atomic():
                post([leg], at=at, by_name=by.name)
        except IntegrityError:
            raise Conflict("这个文号的拨款已经登记过") from None
        write(
            "ledger.allotted",
            actor=actor_of(by),
            subject=f"fund:{region}",
            chain=region[:6],
            detail={"fen": fen, "document": number},
        )
