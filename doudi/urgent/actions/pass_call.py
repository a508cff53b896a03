"""移交求助: a call that somebody answered goes on with a colleague.

Clause: LS23 先行救助 (a call is never without somebody)
Move:   answered ones stay      Right: work.assign      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.urgent.actions.move import locked, move
from doudi.urgent.models import HelpCall


def pass_call(call_id: UUID, to: Staff, *, by: Staff, at: dt.datetime) -> HelpCall:
    """The colleague has the call and its visit from now on."""
    with transaction.atomic():
        call = locked(call_id)
        note = f"交接给{to.name}"
        hands = {"taken_by_id": str(to.pk), "taken_by": to.name}
        return move(call, "pass_call", by=by, at=at, note=note, **hands)
