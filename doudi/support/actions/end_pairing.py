"""结束结对: the helper leaves; the record stays.

Clause: DOUDI R27
Move:   none      Right: support.arrange      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.support.actions.note import note
from doudi.support.models import Pairing


def end_pairing(pairing_id: UUID, *, by: Staff, at: dt.datetime) -> Pairing:
    """The same again changes nothing."""
    with transaction.atomic():
        pairing = Pairing.objects.select_for_update().filter(pk=pairing_id).first()
        if pairing is None:
            raise NotFound("没有这条帮扶信息")
        require(by, "support.arrange", pairing.town)
        if pairing.until_on is None:
            pairing.until_on = at.astimezone(CHINA).date()
            pairing.save()
            note("support.pair_ended", pairing, by)
    return pairing
