"""恢复规则: a rule that rested asks again from the next comparison on.

Clause: SI649 art 13 (changes are checked); DOUDI R60
Move:   asked, resting -> over      Right: rule.retire      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.vault.scrub import PERSONAL
from doudi.verification.models import Rest

LONGEST = 300


def restore_rule(rest_id: UUID, reason: str, *, by: Staff, at: dt.datetime) -> Rest:
    """One person is enough: to ask again takes nothing from anybody."""
    words = reason.strip()
    if not 2 <= len(words) <= LONGEST or PERSONAL.search(words):
        raise Invalid({"reason": "请写明恢复的理由，2至300个字，不写号码"})
    with transaction.atomic():
        found = Rest.objects.select_for_update().filter(pk=rest_id).first()
        if found is None:
            raise NotFound("没有这条停用")
        require(by, "rule.retire", found.region)
        if found.state not in ("asked", "resting"):
            raise Conflict("这条停用已经办过了")
        found.state, found.until_on = "over", at.astimezone(CHINA).date()
        found.ended_by, found.ended_at, found.end_reason = by.name, at, words
        found.save()
        write(
            "rule.restored",
            actor=actor_of(by),
            subject=f"rule:{found.signal}",
            chain=found.region,
            detail={"region": found.region, "reason": words},
        )
    return found
