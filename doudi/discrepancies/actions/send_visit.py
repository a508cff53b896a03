"""要求入户: somebody is to look at the place.

Clause: DB57 art 17
Move:   TAKEN, ASKED, ANSWERED, VISITED -> VISIT      Right: discrepancy.work      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.discrepancies.flow import VISIT
from doudi.discrepancies.models import Inquiry
from doudi.discrepancies.queries import about, locked


def send_visit(inquiry_id: UUID, *, by: Staff, at: dt.datetime) -> Inquiry:
    """It waits for two people's visit."""
    with transaction.atomic():
        found = locked(inquiry_id, "send_visit", by)
        found.state = VISIT
        found.save(update_fields=["state"])
        write("inquiry.visit_asked", actor=actor_of(by), subject=about(found), chain=found.county)
    return found
