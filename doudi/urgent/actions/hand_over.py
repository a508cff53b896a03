"""交付现金: from the town's reserve, against a receipt; also where the bank sent an advance back.

Clause: LS23 先行救助; OP18 四 (the towns' reserve)
Move:   stays      Right: urgent.papers      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.clock.time import CHINA
from doudi.kernel.errors import Invalid, WrongStage
from doudi.ledger.actions.spend_reserve import spend_reserve
from doudi.urgent.actions.move import locked, move
from doudi.urgent.models import Advance
from doudi.urgent.queries import living_advance


def hand_over(
    call_id: UUID, receipt: str, *, version: int | None, by: Staff, at: dt.datetime
) -> Advance:
    """Once; Invalid without the number of the receipt, WrongStage where no cash is due."""
    if not receipt.strip():
        raise Invalid({"receipt": "请填写收据编号"})
    with transaction.atomic():
        call = locked(call_id, version)
        advance = living_advance(call)
        if advance is None or not advance.waits_for_cash:
            raise WrongStage("hand_over", call.stage, "这里没有待交付的现金")
        move(call, "hand_over", by=by, at=at)
        advance.receipt, advance.handed_over_at = receipt.strip()[:60], at
        advance.save(update_fields=["receipt", "handed_over_at"])
        month = f"{at.astimezone(CHINA):%Y-%m}"
        spend_reserve(call.town, advance.amount_fen, month, f"advance:{advance.pk}", at=at)
    return advance
