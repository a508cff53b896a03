"""Reading persons and households; personal values stay sealed until a door asks for one."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import FilteredRelation, Q

from doudi.kernel.errors import NotFound
from doudi.people.models import BenefitMark, Household, Membership, Person
from doudi.vault.index import blind_index


@dataclass(frozen=True)
class Known:
    """A person on file: the name there, and living benefits as (county, programme)."""

    name: str
    benefits: list[tuple[str, str]]


def persons_by_id_numbers(numbers: Iterable[str]) -> dict[str, Person]:
    """Known persons by the keyed index of their ID number."""
    indexes = [blind_index("id", number) for number in numbers]
    return {str(p.id_index): p for p in Person.objects.filter(id_index__in=indexes)}


def known_people(id_indexes: Iterable[str]) -> dict[str, Known]:
    """Who is on file of these people, with living benefits in every county; one query."""
    living = FilteredRelation("benefit_marks", condition=Q(benefit_marks__until_month=""))
    rows = (
        Person.objects.filter(id_index__in=list(id_indexes))
        .annotate(living=living)
        .values_list("id_index", "name", "living__county", "living__programme")
    )
    found: dict[str, Known] = {}
    for index, name, county, programme in rows:
        known = found.setdefault(str(index), Known(name, []))
        if county:
            known.benefits.append((county, programme))
    return found


def person(person_id: UUID) -> Person:
    """One person; NotFound when there is none."""
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise NotFound("没有这个人")
    return found


def members_of(household_id: UUID) -> list[Membership]:
    """The living members of a household, the applicant first."""
    rows = Membership.objects.filter(household_id=household_id, until_on=None)
    return sorted(rows.select_related("person"), key=lambda m: (m.relation != "self", m.pk))


def household(household_id: UUID) -> Household:
    """One household; NotFound when there is none."""
    found = Household.objects.filter(pk=household_id).first()
    if found is None:
        raise NotFound("没有这个家庭")
    return found


def living_household(person_id: UUID) -> UUID | None:
    """The household a person lives in today, if one is on file."""
    lives = Membership.objects.filter(person_id=person_id, until_on=None)
    return lives.values_list("household_id", flat=True).first()


def households_on_file() -> int:
    """How many households somebody lives in today."""
    return Membership.objects.filter(until_on=None).values("household_id").distinct().count()


@dataclass(frozen=True)
class Registered:
    """A person of the register as the comparison needs him: opened, so for a run only."""

    id_number: str
    person: UUID
    name: str
    household: str
    region: str
    born: dt.date
    benefits: tuple[tuple[str, str, str], ...]  # county, programme, first month


def register(batch: int = 2000) -> Iterator[Registered]:
    """Every living member of every household, with living benefits; two queries a batch."""
    rows = Membership.objects.filter(until_on=None, person__died_on=None)
    rows = rows.select_related("person", "household__region").order_by("pk")
    last = 0
    while piece := list(rows.filter(pk__gt=last)[:batch]):
        last = piece[-1].pk
        marks: dict[UUID, list[tuple[str, str, str]]] = {}
        found = BenefitMark.objects.filter(
            until_month="", person_id__in=[m.person_id for m in piece]
        )
        for mark in found:
            told = (mark.county, mark.programme, mark.from_month)
            marks.setdefault(mark.person_id, []).append(told)
        for m in piece:
            yield Registered(
                str(m.person.id_number.open()),
                m.person_id,
                m.person.name,
                str(m.household_id),
                m.household.region.code,
                m.person.born_on,
                tuple(sorted(marks.get(m.person_id, ()))),
            )
