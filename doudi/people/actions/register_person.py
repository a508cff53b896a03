"""登记个人: one person by the ID number, without touching any household.

Clause: LS23 先行救助 (the person is registered after the relief)
Move:   none      Right: called by urgent aid      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.resident_id import birth_date, normalise, sex
from doudi.people.actions.make_findable import Findable, make_findable
from doudi.people.models import Person
from doudi.people.queries import persons_by_id_numbers


def register_person(
    name: str, id_number: str, phone: str, *, county: str, by: Actor, at: dt.datetime
) -> UUID:
    """The known person of the number, or a new one; a name on file is never overwritten."""
    number = normalise(id_number)
    with transaction.atomic():
        known = persons_by_id_numbers([number])
        if known:
            return next(iter(known.values())).pk
        person = Person.objects.create(
            name=name,
            id_number=number,
            phone=phone,
            sex=sex(number),
            born_on=birth_date(number),
            created_at=at,
        )
        make_findable([Findable(name, number, phone)])
        write("people.person_registered", actor=by, subject=f"person:{person.pk}", chain=county)
    return person.pk
