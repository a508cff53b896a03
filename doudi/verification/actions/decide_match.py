"""认定匹配: a person says whose row it is, or that it is not this person's; with the reason.

Clause: DB57 art 17; PIPL art 8 (accuracy)
Move:   proposed → accepted | refused      Right: match.decide of the town      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, Missing, NotFound
from doudi.verification.models import Match


def decide_match(match_id: UUID, *, belongs: bool, reason: str, by: Staff, at: dt.datetime) -> None:
    """Accepted or refused, once; accepting one candidate of a row refuses the others."""
    if not reason.strip():
        raise Missing(["请写明理由"])
    told = {"decided_by": by.name, "decided_at": at, "reason": reason[:200]}
    with transaction.atomic():
        match = Match.objects.select_for_update().filter(pk=match_id).first()
        if match is None:
            raise NotFound("没有这条匹配")
        require(by, "match.decide", match.town)
        if match.state != "proposed":
            raise Conflict("这条匹配已有结论，没有改动")
        match.state = "accepted" if belongs else "refused"
        if belongs:
            others = Match.objects.filter(delivery_id=match.delivery_id, row_no=match.row_no)
            if others.filter(state="accepted").exists():
                raise Conflict("这一行已经认定给另一个人")
            others.filter(state="proposed").exclude(pk=match.pk).update(state="refused", **told)
        Match.objects.filter(pk=match.pk).update(state=match.state, **told)
        write(
            "match.decided",
            actor=actor_of(by),
            subject=f"match:{match.pk}",
            detail={"state": match.state, "reason": reason},
        )
