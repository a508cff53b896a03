"""接收人员: whole households of an old system in sets; who is on file already is linked.

Clause: DB57 arts 7, 10
Move:   none      Right: the caller's      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from doudi.kernel.resident_id import birth_date, sex
from doudi.people.actions.make_findable import Findable, make_findable
from doudi.people.models import Household, Membership, Person


@dataclass(frozen=True)
class One:
    """One person; the keyed index was worked out once already."""

    name: str
    id_number: str
    id_index: str
    relation: str
    phone: str


@dataclass(frozen=True)
class Home:
    """One household by the old system's number."""

    number: str
    village: str
    area: str
    people: Sequence[One]


def take_in_people(homes: Sequence[Home], at: dt.datetime) -> dict[str, dict[str, UUID]]:
    """By number: the person of each ID number, and the household under ""; four queries."""
    indexes = [one.id_index for home in homes for one in home.people]
    rows = Person.objects.filter(id_index__in=indexes).values_list("id_index", "pk")
    known = {str(index): pk for index, pk in rows}
    settled = set(
        Membership.objects.filter(person_id__in=known.values(), until_on=None).values_list(
            "person_id", flat=True
        )
    )
    households, persons, members = [], [], []
    told: dict[str, dict[str, UUID]] = {}
    for home in homes:
        place = Household(region_id=home.village, area=home.area, address="", created_at=at)
        households.append(place)
        told[home.number] = {"": place.pk}
        for one in home.people:
            pk = known.get(one.id_index)
            if pk is None:
                person = _person(one, home, at)
                persons.append(person)
                pk = person.pk
            told[home.number][one.id_number] = pk
            if pk not in settled:
                members.append(
                    Membership(
                        household=place, person_id=pk, relation=one.relation, from_on=at.date()
                    )
                )
    Household.objects.bulk_create(households, batch_size=500)
    Person.objects.bulk_create(persons, batch_size=500)
    make_findable(
        Findable(p.name, str(p.id_number.open()), str(p.phone.open() or "")) for p in persons
    )
    Membership.objects.bulk_create(members, batch_size=500)
    return told


def _person(one: One, home: Home, at: dt.datetime) -> Person:
    return Person(
        name=one.name,
        id_number=one.id_number,
        phone=one.phone,
        sex=sex(one.id_number),
        born_on=birth_date(one.id_number),
        registered_region=home.village,
        created_at=at,
    )
