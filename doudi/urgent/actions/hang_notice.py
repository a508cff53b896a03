"""事后公示: masked name, town and amount, for the days of the law; never the cause.

Clause: LS23 先行救助 (the notice comes after the relief); PIPL art 6
Move:   stays      Right: urgent.papers      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.clock.time import CHINA
from doudi.kernel.errors import Missing, WrongStage
from doudi.urgent.actions.move import locked, may_move, move
from doudi.urgent.models import Advance
from doudi.urgent.queries import days_after, living_advance


def hang_notice(call_id: UUID, *, version: int | None, by: Staff, at: dt.datetime) -> Advance:
    """Missing while papers are missing; once only."""
    with transaction.atomic():
        call = locked(call_id, version)
        may_move(call, "hang_notice", by)
        advance = living_advance(call)
        if advance is None or advance.made_up_at is None:
            raise Missing(["手续补齐以后才能公示"])
        if advance.notice_from:
            raise WrongStage("hang_notice", call.stage, "已经公示过了")
        on = at.astimezone(CHINA).date()
        move(call, "hang_notice", by=by, at=at)
        advance.notice_from, advance.notice_until = on, days_after("urgent.notice_days", on)
        advance.save(update_fields=["notice_from", "notice_until"])
    return advance
