"""接收人员: whole households of an old system in sets; who is on file already is linked.

Clause: DB57 arts 7, 10
Move:   none      Right: the caller's      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from doudi.kernel.resident_id import birth_date, sex
from doudi.people.actions.make_findable import Findable, make_findable
from doudi.people.models import Household, Membership, Person
from doudi.vault.fields import new_id
from doudi.vault.rows import insert_many

HOUSEHOLD = ("id", "region_id", "area", "created_at")
PERSON = (
    "id",
    "name",
    "id_number",
    "id_index",
    "phone",
    "sex",
    "born_on",
    "registered_region",
    "created_at",
)


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
    households, persons, members, new = [], [], [], []
    today = at.date()
    told: dict[str, dict[str, UUID]] = {}
    for home in homes:
        place = new_id()
        households.append((place, home.village, home.area, at))
        told[home.number] = {"": place}
        for one in home.people:
            pk = known.get(one.id_index)
            if pk is None:
                pk = new_id()
                persons.append(_person(pk, one, home, at))
                new.append(Findable(one.name, one.id_number, one.phone, one.id_index))
            told[home.number][one.id_number] = pk
            if pk not in settled:
                members.append((place, pk, one.relation, today))
    insert_many(Household, HOUSEHOLD, households)
    insert_many(Person, PERSON, persons)
    make_findable(new)
    insert_many(Membership, ("household_id", "person_id", "relation", "from_on"), members)
    return told


def _person(key: UUID, one: One, home: Home, at: dt.datetime) -> tuple[Any, ...]:
    number = one.id_number
    who = (key, one.name, number, one.id_index, one.phone)
    return (*who, sex(number), birth_date(number), home.village, at)
