"""撤销接收的人员: whom only an undone batch brought goes again; whoever else is known stays.

Clause: DOUDI R32; PIPL art 19 (no longer than needed)
Move:   none      Right: the caller's      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from doudi.people.models import BenefitMark, Household, Membership, Person


def remove_people(
    households: Sequence[UUID], persons: Sequence[UUID], created_at: dt.datetime
) -> int:
    """How many persons went: made at that instant and living in no other household."""
    for start in range(0, len(households), 500):
        some = households[start : start + 500]
        Membership.objects.filter(household_id__in=some).delete()
        Household.objects.filter(pk__in=some).delete()
    gone = 0
    for start in range(0, len(persons), 500):
        made = Person.objects.filter(pk__in=persons[start : start + 500], created_at=created_at)
        kept = Membership.objects.filter(person__in=made).values("person")
        marked = BenefitMark.objects.filter(person__in=made).values("person")
        loose = list(made.exclude(pk__in=kept).exclude(pk__in=marked).values_list("pk", flat=True))
        gone += Person.objects.filter(pk__in=loose).delete()[0]
    return gone
