"""愿意帮: a registered group offers to meet a need of its county.

Clause: OP18 (需求与供给对接); DOUDI R27
Move:   none      Right: need.offer      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from doudi.support import flow
from doudi.support.actions.note import note
from doudi.support.models import Offer
from doudi.support.queries import group_of, need_to_meet


def offer(need_id: UUID, what: str, by_on: dt.date, *, by: Staff, at: dt.datetime) -> Offer:
    """NotFound for a need that is not, or no longer, to be seen; Conflict for a second offer."""
    group = group_of(by)
    if group is None:
        raise NotAllowed("need.offer")
    require(by, "need.offer", group.county)
    wrong = {}
    if not 2 <= len(what.strip()) <= 300:
        wrong["what"] = "请写明怎么帮，2至300个字"
    if by_on < at.astimezone(CHINA).date():
        wrong["by_on"] = "日期从今天起"
    if wrong:
        raise Invalid(wrong)
    try:
        with transaction.atomic():
            need = need_to_meet(group, need_id)
            flow.require("offer", need.state, flow.OPEN)
            made = Offer.objects.create(
                need=need, group=group, what=what.strip(), by_on=by_on, offered_at=at
            )
            note("support.offered", need, by)
    except IntegrityError:
        raise Conflict("您已经报过名了；要改，请先撤回") from None
    return made
