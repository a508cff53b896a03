"""领办核查: an officer of the town takes an inquiry, or takes it over from a colleague.

Clause: DB57 arts 17, 31
Move:   OPEN -> TAKEN      Right: discrepancy.work      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.discrepancies.flow import OPEN, TAKEN
from doudi.discrepancies.models import Inquiry
from doudi.discrepancies.queries import about, locked


def take_inquiry(inquiry_id: UUID, *, by: Staff, at: dt.datetime) -> Inquiry:
    """A second take by the same officer changes nothing."""
    with transaction.atomic():
        found = locked(inquiry_id, "take", by)
        if found.officer_id == str(by.pk):
            return found
        found.state = TAKEN if found.state == OPEN else found.state
        found.officer_id, found.officer, found.taken_at = str(by.pk), by.name, at
        found.save()
        write("inquiry.taken", actor=actor_of(by), subject=about(found), chain=found.county)
    return found
