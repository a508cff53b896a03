"""登记家庭: links declared members to known persons, or makes them.

Clause: DB57 art 7 (who lives together), art 10 (nothing asked that the state holds)
Move:   none      Right: called by accept      Says: nothing
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.resident_id import birth_date, normalise, sex
from doudi.people.actions.make_findable import Findable, make_findable
from doudi.people.models import Household, Membership, Person
from doudi.people.queries import Known, persons_by_id_numbers
from doudi.vault.index import blind_index
from doudi.vault.masking import mask_name


@dataclass(frozen=True)
class Mismatch:
    """A declared name that differs from the one on file; a person must look at it."""

    key: str
    on_file: str
    declared: str


@dataclass(frozen=True)
class Registered:
    """The household, each member's person by key, and the names that differ."""

    household_id: UUID
    person_ids: dict[str, UUID]
    mismatches: tuple[Mismatch, ...]


@dataclass(frozen=True)
class Home:
    """Where the household lives: 12-digit village, urban or rural, address."""

    region: str
    area: str
    address: str
    registered_region: str


def name_mismatches(
    members: Sequence[Mapping[str, Any]], known: Mapping[str, Known | Person]
) -> tuple[Mismatch, ...]:
    """Which declared names differ from those on file (`known`, by keyed index)."""
    pairs = ((m, known.get(blind_index("id", m["id_number"]))) for m in members)
    return tuple(
        Mismatch(m["key"], mask_name(p.name), mask_name(m["name"]))
        for m, p in pairs
        if p is not None and p.name != m["name"]
    )


def register_household(
    members: Sequence[Mapping[str, Any]], home: Home, *, by: Actor, at: dt.datetime
) -> Registered:
    """Closes former memberships, opens the new household; names on file are never overwritten."""
    with transaction.atomic():
        known = persons_by_id_numbers(m["id_number"] for m in members)
        people = {
            m["key"]: known.get(blind_index("id", m["id_number"])) or _new(m, home, at)
            for m in members
        }
        make_findable(Findable(m["name"], m["id_number"], m.get("phone") or "") for m in members)
        mismatches = name_mismatches(members, known)
        Membership.objects.filter(person__in=people.values(), until_on=None).update(
            until_on=at.date()
        )
        household = Household.objects.create(
            region_id=home.region, area=home.area, address=home.address, created_at=at
        )
        Membership.objects.bulk_create(
            Membership(
                household=household,
                person=people[m["key"]],
                relation=m["relation"],
                from_on=at.date(),
            )
            for m in members
        )
        write(
            "people.household_registered",
            actor=by,
            subject=f"household:{household.pk}",
            chain=home.region[:6],
            detail={"members": len(members), "name_mismatches": len(mismatches)},
        )
    return Registered(household.pk, {k: p.pk for k, p in people.items()}, mismatches)


def _new(member: Mapping[str, Any], home: Home, at: dt.datetime) -> Person:
    number = normalise(member["id_number"])
    health = {
        "disability": member.get("disability"),
        "serious_illness": member.get("serious_illness", False),
    }
    return Person.objects.create(
        name=member["name"],
        id_number=number,
        phone=member.get("phone", ""),
        sex=sex(number),
        born_on=birth_date(number),
        registered_region=home.registered_region,
        health=health,
        created_at=at,
    )
