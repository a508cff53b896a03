"""停用规则: a rule of the comparison that errs too often is put to rest, with a day and a reason.

Where the law pack asks for two people it rests only once another one has agreed.

Clause: PIPL art 8 (accuracy), art 24; DOUDI R60
Move:   -> asked or resting      Right: rule.retire      Says: nothing
"""

import datetime as dt

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid
from doudi.vault.scrub import PERSONAL
from doudi.verification.file import asked_now, retires_with_two
from doudi.verification.models import Rest

LONGEST = 300


def retire_rule(signal: str, region: str, reason: str, *, by: Staff, at: dt.datetime) -> Rest:
    """`region`: a county, or the city for all of them. Conflict where it rests there already."""
    require(by, "rule.retire", region)
    words = reason.strip()
    if signal not in asked_now()["definitions"]["signals"]:
        raise Invalid({"signal": "没有这条规则"})
    if not 5 <= len(words) <= LONGEST or PERSONAL.search(words):
        raise Invalid({"reason": "请写明停用的理由，5至300个字，不写号码"})
    two = retires_with_two(at.astimezone(CHINA).date())
    try:
        with transaction.atomic():
            made = Rest.objects.create(
                signal=signal,
                region=region,
                reason=words,
                state="asked" if two else "resting",
                from_on=at.astimezone(CHINA).date(),
                asked_by_id=str(by.pk),
                asked_by=by.name,
                asked_at=at,
            )
            write(
                "rule.rest_asked" if two else "rule.rested",
                actor=actor_of(by),
                subject=f"rule:{signal}",
                chain=region,
                detail={"region": region, "reason": words},
            )
    except IntegrityError:
        raise Conflict("这条规则在这里已经停用，或者等着另一人同意") from None
    return made
