"""同意停用: another person agrees that a rule rests from today on, or not.

Clause: PIPL art 24; DOUDI R60 (two people)
Move:   asked -> resting or dropped      Right: rule.retire, of another person      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, NotAllowed, NotFound
from doudi.verification.models import Rest


def agree_rest(rest_id: UUID, *, agree: bool, by: Staff, at: dt.datetime) -> Rest:
    """NotAllowed for whoever asked for it."""
    with transaction.atomic():
        found = Rest.objects.select_for_update().filter(pk=rest_id).first()
        if found is None:
            raise NotFound("没有这条停用")
        require(by, "rule.retire", found.region)
        if found.asked_by_id == str(by.pk):
            raise NotAllowed("rule.retire", "提出停用的人不能自己同意，请由另一人办理")
        if found.state != "asked":
            raise Conflict("这条停用已经办过了")
        found.state = "resting" if agree else "dropped"
        found.agreed_by_id, found.agreed_by, found.agreed_at = str(by.pk), by.name, at
        found.from_on = at.astimezone(CHINA).date()
        found.save()
        write(
            "rule.rested" if agree else "rule.rest_dropped",
            actor=actor_of(by),
            subject=f"rule:{found.signal}",
            chain=found.region,
            detail={"region": found.region},
        )
    return found
