"""催办: an answer owed past its day is said once, in the journal and to the officers.

Clause: SI649 art 60; DOUDI R25
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.referrals.actions.both_journals import write_both
from doudi.referrals.actions.tell import tell_maker, tell_place_late
from doudi.referrals.flow import OPEN
from doudi.referrals.models import PlaceRequest, Referral
from doudi.referrals.queries import overdue, places_overdue


def remind(*, at: dt.datetime) -> int:
    """How many were said now; each is said once."""
    on = at.astimezone(CHINA).date()
    said = [_remind(referral, at) for referral in overdue(on)]
    return sum(said) + sum(_remind_place(request, at) for request in places_overdue(on))


def _remind(referral: Referral, at: dt.datetime) -> bool:
    """False where it was answered or said in between."""
    with transaction.atomic():
        waiting = Referral.objects.filter(pk=referral.pk, state=OPEN, reminded_at=None)
        if not waiting.update(reminded_at=at):
            return False
        write(
            "referral.late",
            actor=SYSTEM,
            subject=f"case:{referral.case_id}",
            chain=referral.county,
            detail={"department": referral.department},
        )
        tell_maker(referral)
    return True


def _remind_place(request: PlaceRequest, at: dt.datetime) -> bool:
    with transaction.atomic():
        waiting = PlaceRequest.objects.filter(pk=request.pk, state=OPEN, reminded_at=None)
        if not waiting.update(reminded_at=at):
            return False
        write_both("place.late", request, SYSTEM)
        tell_place_late(request)
    return True
