"""补办手续: ticks what has come; with the last paper the advance is made up.

Clause: LS23 先行救助 (register the person, cause and amount, complete the signatures)
Move:   stays      Right: urgent.papers      Says: PapersMadeUp
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.kernel.errors import WrongStage
from doudi.outbox.announce import announce
from doudi.urgent.actions.move import locked, may_move, move
from doudi.urgent.events import PapersMadeUp
from doudi.urgent.models import Advance
from doudi.urgent.queries import living_advance


def take_papers(
    call_id: UUID, papers: Iterable[UUID], *, version: int | None, by: Staff, at: dt.datetime
) -> Advance:
    """A paper that has come stays; nothing happens for those that are not named."""
    with transaction.atomic():
        call = locked(call_id, version)
        may_move(call, "take_papers", by)
        advance = living_advance(call)
        if advance is None or advance.signed_at is None:
            raise WrongStage("take_papers", call.stage, "还没有先行救助，不用补办")
        got = advance.papers.filter(pk__in=list(papers), got_at=None)
        got.update(got_at=at, got_by=by.name)
        left = advance.papers.filter(got_at=None).exists()
        if left or advance.made_up_at:
            return advance
        move(call, "take_papers", by=by, at=at)
        advance.made_up_at = at
        advance.save(update_fields=["made_up_at"])
        announce(PapersMadeUp(advance.pk))
    return advance
