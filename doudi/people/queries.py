"""Reading persons and households; personal values stay sealed until a door asks for one."""

from collections.abc import Iterable
from uuid import UUID

from doudi.kernel.errors import NotFound
from doudi.people.models import BenefitMark, Household, Membership, Person
from doudi.vault.index import blind_index


def persons_by_id_numbers(numbers: Iterable[str]) -> dict[str, Person]:
    """Known persons by the keyed index of their ID number."""
    indexes = [blind_index("id", number) for number in numbers]
    return {str(p.id_index): p for p in Person.objects.filter(id_index__in=indexes)}


def marks_of(id_indexes: Iterable[str]) -> list[BenefitMark]:
    """Living benefits of these people, in every county (one person, one benefit)."""
    living = BenefitMark.objects.filter(person__id_index__in=list(id_indexes), until_month="")
    return list(living.select_related("person"))


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
