"""本人说明或异议: what the household says, by its own phone or through the town.

Clause: DB57 art 18 (on objection the result is looked at again); PIPL art 24
Move:   ASKED -> ANSWERED      Right: discrepancy.work, or the household itself      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.discrepancies.flow import ANSWERED, ASKED
from doudi.discrepancies.models import Inquiry
from doudi.discrepancies.queries import about, locked
from doudi.kernel.errors import Invalid

LONGEST = 1000


def answer_inquiry(
    inquiry_id: UUID, text: str, *, objects: bool, by: Staff | Actor, at: dt.datetime
) -> Inquiry:
    """In own words; an objection once made stands."""
    words = text.strip()
    if not 2 <= len(words) <= LONGEST:
        raise Invalid({"text": "请写明情况，2至1000个字"})
    with transaction.atomic():
        found = locked(inquiry_id, "answer", by)
        found.answer = f"{found.answer.open() or ''}\n{words}".strip()
        found.objects_to_it = found.objects_to_it or objects
        found.answered_at = at
        found.answered_by = by.name if isinstance(by, Staff) else ""
        found.state = ANSWERED if found.state == ASKED else found.state
        found.save()
        write(
            "inquiry.answered",
            actor=actor_of(by),
            subject=about(found),
            chain=found.county,
            detail={"objects": objects},
        )
    return found
