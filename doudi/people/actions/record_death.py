"""登记去世: the day somebody died, once; a later day for the same person is refused.

Clause: NT22 一(三)
Move:   none      Right: the caller's      Says: nothing
"""

import datetime as dt
from uuid import UUID

from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.people.models import GroupMembership, Person


def record_death(person_id: UUID, died_on: dt.date, today: dt.date) -> Person:
    """Must run inside the caller's transaction, which journals it. No list keeps the dead."""
    found = Person.objects.select_for_update().filter(pk=person_id).first()
    if found is None:
        raise NotFound("没有这个人")
    if died_on > today or died_on < found.born_on:
        raise Invalid({"died_on": "去世日期不对，请核对"})
    if found.died_on and found.died_on != died_on:
        raise Conflict("已经登记过另一个去世日期，请先核对")
    Person.objects.filter(pk=person_id).update(died_on=died_on)
    listed = GroupMembership.objects.filter(person=found, until_on=None)
    listed.filter(from_on__lte=died_on).update(until_on=died_on)
    return found
