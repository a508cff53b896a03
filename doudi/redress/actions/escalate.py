"""逾期上报: what was not answered by its day appears on the city's list, and stays there.

Clause: HCP 差评整改; promises.md P21
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.redress.actions.close import held
from doudi.redress.models import Matter
from doudi.redress.queries import day_of, overdue


def escalate(*, at: dt.datetime) -> int:
    """How many are new on the city's list."""
    return sum(_mark(matter, at) for matter in overdue(day_of(at)))


def _mark(matter: Matter, at: dt.datetime) -> bool:
    with transaction.atomic():
        found = held(type(matter), matter.pk)
        if found.escalated_at or found.answered_at:
            return False
        found.escalated_at = at
        found.save()
        subject = f"{found._meta.model_name}:{found.pk}"
        write("redress.overdue", actor=SYSTEM, subject=subject, chain=found.office)
    return True
