"""物资、服务 beside an award that was taken over: the household has no case yet, and needs no less.

Clause: LS23 二(三) (现金、实物、服务); OP18
Move:   -> PROMISED      Right: support.arrange      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.benefits.queries import award as award_by_id
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict
from doudi.support.actions.note import note
from doudi.support.actions.promise_part import Promise, check
from doudi.support.actions.tell import tell_matched
from doudi.support.models import Part


def promise_beside_award(
    form_id: UUID, award_id: UUID, told: Promise, *, by: Staff, at: dt.datetime
) -> Part:
    """The part of the form; sent twice it is one. Conflict beside a case, or once it has ended."""
    award = award_by_id(award_id)
    require(by, "support.arrange", award.town)
    if award.case_id:
        raise Conflict("这笔待遇有办件，物资和服务在办件上约")
    on = at.astimezone(CHINA).date()
    if award.end_month and award.end_month < f"{on:%Y-%m}":
        raise Conflict("这笔待遇已经停发，不能再配物资和服务")
    check(told, on)
    with transaction.atomic():
        part, is_new = Part.objects.get_or_create(
            pk=form_id,
            award=award,
            defaults={
                "village": award.village,
                "town": award.town,
                "county": award.county,
                "kind": told.kind,
                "what": told.what.strip(),
                "supplier": told.supplier.strip(),
                "value_fen": told.value_fen,
                "promised_on": told.promised_on,
                "promised_by_id": str(by.pk),
                "promised_by": by.name,
            },
        )
        if is_new:
            note("support.promised", part, by)
            tell_matched(part)
    return part
