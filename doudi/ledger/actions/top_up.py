"""补充备用金: from the county's fund into the small cash of a town.

Clause: LS23 三(三); OP18 no 15 (towns keep a reserve for what cannot wait)
Move:   none      Right: reserve.top_up      Says: nothing
"""

import datetime as dt

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid
from doudi.ledger.actions.post import post
from doudi.ledger.figures import Leg, fund, reserve
from doudi.regions.queries import exists

LONGEST = 40


def top_up(town: str, fen: int, document: str, *, by: Staff, at: dt.datetime) -> None:
    """Once a document; NotAllowed outside the officer's county."""
    with transaction.atomic():
        require(by, "reserve.top_up", town)
        number = document.strip()
        if not 2 <= len(number) <= LONGEST:
            raise Invalid({"document": "请填写支出凭证号，最多40个字"})
        if fen <= 0:
            raise Invalid({"amount": "金额要大于零"})
        if len(town) != 9 or not exists(town):
            raise Invalid({"town": "请选择镇（街道）"})
        leg = Leg(
            key=f"top-up:{town}:{number}",
            debit=reserve(town),
            credit=fund(town[:6]),
            fen=fen,
            county=town[:6],
            month=f"{at.astimezone(CHINA):%Y-%m}",
            kind="top_up",
            about=number,
        )
        try:
            with transaction.atomic():
                post([leg], at=at, by_name=by.name)
        except IntegrityError:
            raise Conflict("这个凭证号已经登记过") from None
        write(
            "ledger.topped_up",
            actor=actor_of(by),
            subject=f"reserve:{town}",
            chain=town[:6],
            detail={"fen": fen, "document": number},
        )
