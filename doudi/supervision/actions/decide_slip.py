"""认定善意差错: the county excuses it, or says why it must be looked into.

Clause: DB57 art 39
Move:   open -> excused or not_excused      Right: slip.decide of the county      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.supervision.actions.issue_sheet import said
from doudi.supervision.flow import EXCUSED, NOT_EXCUSED, OPEN, require_state
from doudi.supervision.models import Slip


def decide_slip(slip_id: UUID, excused: bool, why: str, *, by: Staff, at: dt.datetime) -> Slip:
    """Once, with a reason; nobody excuses himself."""
    with transaction.atomic():
        slip = Slip.objects.select_for_update().filter(pk=slip_id).first()
        if slip is None:
            raise NotFound("没有这条善意差错")
        require(by, "slip.decide", slip.county)
        require_state("decide_slip", slip.state, OPEN)
        if slip.by_id == str(by.pk):
            raise NotAllowed("slip.decide", "不能认定自己的差错")
        slip.state, slip.why = EXCUSED if excused else NOT_EXCUSED, said(why, "why")
        slip.decided_by_id, slip.decided_by, slip.decided_at = str(by.pk), by.name, at
        slip.save()
        write(
            f"supervision.slip_{slip.state}",
            actor=actor_of(by),
            subject=f"case:{slip.case_id}",
            chain=slip.county,
        )
    return slip
