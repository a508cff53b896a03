"""对接: of those who offer, the town chooses one; the need is met by nobody else meanwhile.

Clause: OP18 (需求与供给对接)
Move:   OPEN -> MATCHED      Right: support.arrange      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.kernel.errors import Conflict, NotFound
from doudi.support import flow
from doudi.support.actions.note import note
from doudi.support.actions.tell import tell_matched
from doudi.support.models import Need, Offer, Part


def match(offer_id: UUID, kind: str, *, by: Staff, at: dt.datetime) -> Part:
    """Conflict where a colleague matched it first; the database holds to it too."""
    try:
        with transaction.atomic():
            found = Offer.objects.filter(pk=offer_id, withdrawn_at=None, group__ended_at=None)
            chosen = found.select_related("group").first()
            if chosen is None or kind not in flow.PARTS:
                raise NotFound("没有这条帮扶信息")
            need = Need.objects.select_for_update().get(pk=chosen.need_id)
            require(by, "support.arrange", need.town)
            flow.require("match", need.state, flow.OPEN)
            part = _part(need, chosen, kind, by)
            need.state = flow.MATCHED
            need.save()
            note("support.matched", need, by)
            tell_matched(part)
    except IntegrityError:
        raise Conflict("别人刚刚为这个需求约好了，请刷新页面看最新情况") from None
    return part


def _part(need: Need, chosen: Offer, kind: str, by: Staff) -> Part:
    return Part.objects.create(
        case_id=need.case_id,
        village=need.village,
        town=need.town,
        county=need.county,
        kind=kind,
        what=chosen.what[:200],
        supplier=chosen.group.name,
        need=need,
        offer=chosen,
        promised_on=chosen.by_on,
        promised_by_id=str(by.pk),
        promised_by=by.name,
    )
