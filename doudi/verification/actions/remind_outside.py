"""催办对外核对: a letter without answer past its day is said once and shown as late until it comes.

Clause: DB57 art 17; DOUDI R60
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.verification.models import Outside


def remind_outside(*, at: dt.datetime) -> int:
    """How many were said now."""
    late = Outside.objects.filter(
        state="open", reminded_at=None, due_on__lt=at.astimezone(CHINA).date()
    )
    with transaction.atomic():
        found = list(late.select_for_update())
        for one in found:
            one.reminded_at = at
            one.save(update_fields=["reminded_at"])
            write(
                "verification.outside_late",
                actor=SYSTEM,
                subject=f"outside:{one.pk}",
                chain=one.county,
                detail={"number": one.number},
            )
    return len(found)
