"""Reading persons and households; personal values stay sealed until a door asks for one."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, scope
from doudi.kernel.errors import NotFound
from doudi.kernel.initials import plain_name
from doudi.paper.workbook.columns import Fault, fault
from doudi.people.figures.asked import Asked, tail
from doudi.people.figures.judge import OnFile, Places, plain
from doudi.people.flow import ATTEMPTS, STUCK_NAMES
from doudi.people.models import (
    BenefitMark,
    FindKey,
    GroupMembership,
    Household,
    ImportBatch,
    ImportFault,
    Membership,
    Person,
    StagedPerson,
)
from doudi.regions.queries import spoken, within
from doudi.vault.index import blind_index, find_key
from doudi.vault.masking import mask_name

LISTED = 200
PAGE = 5_000


@dataclass(frozen=True)
class Known:
    """A person on file: the name there, and living benefits as (county, programme)."""

    name: str
    benefits: list[tuple[str, str]]


def persons_by_id_numbers(numbers: Iterable[str]) -> dict[str, Person]:
    """Known persons by the keyed index of their ID number."""
    indexes = [blind_index("id", number) for number in numbers]
    return {str(p.id_index): p for p in Person.objects.filter(id_index__in=indexes)}


def holds_people(many: int) -> bool:
    """Whether at least so many people are on file."""
    return Person.objects.all()[:many].count() == many


def many_on_file(numbers: Sequence[str]) -> int:
    """How many of these ID numbers belong to somebody on file; a query for every PAGE."""
    indexes = [blind_index("id", number) for number in numbers]
    pages = (indexes[n : n + PAGE] for n in range(0, len(indexes), PAGE))
    return sum(Person.objects.filter(id_index__in=page).count() for page in pages)


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


def deaths(person_ids: Iterable[UUID]) -> dict[UUID, dt.date]:
    """Those of some persons who died, with the day; one query."""
    rows = Person.objects.filter(pk__in=list(person_ids), died_on__isnull=False)
    return {pk: died_on for pk, died_on in rows.values_list("pk", "died_on") if died_on}


def names_of_persons(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The name of each of some persons; one query."""
    return dict(Person.objects.filter(pk__in=list(person_ids)).values_list("pk", "name"))


def members_of(household_id: UUID) -> list[Membership]:
    """The living members of a household, the applicant first."""
    rows = Membership.objects.filter(household_id=household_id, until_on=None)
    return sorted(rows.select_related("person"), key=lambda m: (m.relation != "self", m.pk))


def held_rows(households: Iterable[UUID]) -> list[QuerySet[Any]]:
    """Households with their living members, for their own file; nothing is read yet."""
    mine = list(households)
    lives = Membership.objects.filter(household__in=mine, until_on=None)
    people = Person.objects.filter(pk__in=lives.values("person"))
    groups = GroupMembership.objects.filter(person__in=lives.values("person"))
    return [Household.objects.filter(pk__in=mine), lives, people, groups]


def in_group(id_indexes: Iterable[str], group: str, on: dt.date) -> set[str]:
    """Who of these people belongs to a special group on a day, by keyed index; one query."""
    there = GroupMembership.objects.filter(group=group, from_on__lte=on)
    there = there.filter(Q(until_on=None) | Q(until_on__gte=on))
    mine = there.filter(person__id_index__in=list(id_indexes))
    return {str(index) for index in mine.values_list("person__id_index", flat=True)}


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


def regions_of_households(households: Iterable[UUID]) -> dict[UUID, str]:
    """Where each of some households lives; by pieces."""
    asked, found = sorted(households), dict[UUID, str]()
    for start in range(0, len(asked), 500):
        rows = Household.objects.filter(pk__in=asked[start : start + 500])
        found |= dict(rows.values_list("pk", "region_id"))
    return found


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


def on_file(numbers: Iterable[str]) -> dict[str, OnFile]:
    """Who is on file under these ID numbers: name, at home or not, groups; three queries."""
    by_index = {blind_index("id", number): number for number in numbers}
    people = {p.pk: p for p in Person.objects.filter(id_index__in=list(by_index))}
    living = Membership.objects.filter(person__in=list(people), until_on=None)
    at_home = set(living.values_list("person_id", flat=True))
    listed: dict[UUID, set[str]] = {}
    groups = GroupMembership.objects.filter(person__in=list(people), until_on=None)
    for person_id, group in groups.values_list("person_id", "group"):
        listed.setdefault(person_id, set()).add(group)
    return {
        by_index[str(p.id_index)]: OnFile(
            p.pk, p.name, p.pk in at_home, frozenset(listed.get(p.pk, ()))
        )
        for p in people.values()
    }


def places_within(stems: Sequence[str]) -> Places:
    """The villages of these places by the names that people write; two queries a place."""
    names: dict[str, list[tuple[str, str]]] = {}
    areas: dict[str, str] = {}
    for stem in stems:
        regions = {r.pk: r for r in within(stem.ljust(12, "0"))}
        towns = {pk: plain(r.name) for pk, r in regions.items() if r.level == "town"}
        for village in (r for r in regions.values() if r.level == "village"):
            areas[village.pk] = village.area
            told = (village.pk, towns.get(str(village.parent_id), ""))
            for words in {plain(village.name), plain(spoken(village)), village.pk}:
                names.setdefault(words, []).append(told)
    return Places(names, areas)


def imports_for(staff: Staff) -> list[ImportBatch]:
    """The newest batches of the places where `staff` may import; one query."""
    stems = scope(staff, "people.import")
    newest = ImportBatch.objects.select_related("staff")[:LISTED]
    return [batch for batch in newest if _inside(batch.places, stems)]


def _inside(places: Sequence[str], stems: Sequence[str]) -> bool:
    return all(any(place.startswith(stem) for stem in stems) for place in places)


def import_for(batch_id: UUID, staff: Staff) -> ImportBatch:
    """One batch; NotFound alike for an unknown one and for one outside the scope."""
    found = ImportBatch.objects.filter(pk=batch_id).first()
    if found is None or not _inside(found.places, scope(staff, "people.import")):
        raise NotFound
    return found


def faults_of(batch: ImportBatch) -> QuerySet[ImportFault]:
    """The faults of a batch, row by row."""
    return ImportFault.objects.filter(batch=batch)


def in_words(kept: ImportFault) -> Fault:
    """A kept fault in the words of its code again."""
    return fault(kept.row, kept.column, kept.heading, kept.code, **kept.values)


def faults_between(batch: ImportBatch, first: int, last: int) -> dict[int, list[Fault]]:
    """The faults of some rows by row; one query."""
    found: dict[int, list[Fault]] = {}
    for kept in ImportFault.objects.filter(batch=batch, row__gte=first, row__lte=last):
        found.setdefault(kept.row, []).append(in_words(kept))
    return found


def stuck_imports() -> int:
    """Batches that the worker gave up half way: a person decides how they go on."""
    return ImportBatch.objects.filter(state__in=STUCK_NAMES, tries__gte=ATTEMPTS).count()


def overtaken(batch: ImportBatch) -> bool:
    """Whether somebody registered one of the waiting people since the check."""
    waiting = StagedPerson.objects.filter(batch=batch, known=None)
    return waiting.filter(id_index__in=Person.objects.values("id_index")).exists()


def built_on(batch: ImportBatch) -> bool:
    """Whether something was done since with the households or people of a batch."""
    ours = Person.objects.filter(batch=batch)
    return (
        Membership.objects.filter(person__in=ours).exclude(batch=batch).exists()
        or Membership.objects.filter(household__batch=batch).exclude(batch=batch).exists()
        or Membership.objects.filter(batch=batch, until_on__isnull=False).exists()
        or GroupMembership.objects.filter(person__in=ours).exclude(batch=batch).exists()
        or GroupMembership.objects.filter(batch=batch, until_on__isnull=False).exists()
        or BenefitMark.objects.filter(person__in=ours).exists()
    )


def group_members(staff: Staff, right: str) -> QuerySet[GroupMembership]:
    """Who is listed in a special group where `staff` may look; nothing by default."""
    rows = in_scope(GroupMembership.objects.all(), staff, right, "region__code")
    return rows.select_related("person")


def listed_member(membership_id: UUID, staff: Staff) -> GroupMembership:
    """Somebody on a list today, of the reader's places; NotFound alike for an unknown one."""
    found = group_members(staff, "people.list").filter(pk=membership_id, until_on=None).first()
    if found is None:
        raise NotFound("名单上没有这个人")
    return found


def programmes_of(person_ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """What some people receive at present, wherever; nobody who receives nothing; one query."""
    living = BenefitMark.objects.filter(until_month="", person__in=list(person_ids))
    found: dict[UUID, set[str]] = {}
    for person_id, programme in living.values_list("person_id", "programme"):
        found.setdefault(person_id, set()).add(programme)
    return {person_id: tuple(sorted(programmes)) for person_id, programmes in found.items()}


# --- finding -------------------------------------------------------------------------------


@dataclass(frozen=True)
class FoundPerson:
    """A person on file, masked: what a list may show before anybody is opened."""

    person_id: UUID
    ref: str
    name: str
    village: str
    benefits: tuple[str, ...]


def refs(asked: Asked) -> QuerySet[FindKey, str]:
    """The keyed ID indices of everybody whom the words fit, as a subquery."""
    text = tail(asked) if asked.kind == "digits" else asked.text
    found = FindKey.objects.filter(key=find_key(asked.kind, text))
    return found.values_list("ref", flat=True)


def refs_called(names: Iterable[str]) -> QuerySet[FindKey, str]:
    """The keyed ID indices of everybody who bears one of these names, as a subquery."""
    keys = {find_key("name", plain_name(name)) for name in names}
    return FindKey.objects.filter(key__in=keys).values_list("ref", flat=True)


def living_here(asked: Asked, places: Q, limit: int) -> list[FoundPerson]:
    """Those who live in these places (a condition on `household__region_id`); two queries.

    Thousands may bear two letters: whoever types no more is shown some of them, and says more.
    """
    who = Person.objects.filter(id_index__in=refs(asked)).values("pk")
    lives = Membership.objects.filter(places, until_on=None, person__in=who)
    columns = ("household__region_id", "person__born_on", "pk", "person_id", "person__id_index")
    rows = lives.values_list(*columns, "person__name", "household__region__name")
    found = sorted(rows[: limit * 4])[:limit]
    benefits = programmes_of(person for _at, _born, _pk, person, *_more in found)
    return [
        FoundPerson(person, str(index), mask_name(name), village, benefits.get(person, ()))
        for _at, _born, _pk, person, index, name, village in found
    ]


def kept_names() -> set[str]:
    """Names of the sealed files that batches point to."""
    pairs = ImportBatch.objects.values_list("stored_name", "errors_name")
    return {name for pair in pairs for name in pair if name}
