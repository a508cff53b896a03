"""移交核查: an inquiry that somebody took goes on with a colleague.

Clause: DB57 arts 17, 31 (what was asked of a household is worked off)
Move:   none      Right: work.assign, asked by the handover      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.discrepancies.flow import require_move
from doudi.discrepancies.models import Inquiry
from doudi.discrepancies.queries import about


def pass_inquiry(inquiry_id: UUID, to: Staff, *, by: Staff, at: dt.datetime) -> Inquiry:
    """The colleague has it from now on, wherever it stands."""
    with transaction.atomic():
        found = Inquiry.objects.select_for_update().get(pk=inquiry_id)
        require_move("take", found.state)
        found.officer_id, found.officer, found.taken_at = str(to.pk), to.name, at
        found.save()
        write("inquiry.passed", actor=actor_of(by), subject=about(found), chain=found.county)
    return found
