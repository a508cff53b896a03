"""在享标记: who receives what, readable below benefits: one person, one benefit.

Clause: DB57 art 5; NT22 4(3)
Move:   none      Right: called by a reaction      Says: nothing
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from doudi.kernel.errors import Conflict
from doudi.people.models import BenefitMark
from doudi.vault.rows import insert_many


def mark_benefit(
    person_ids: Iterable[UUID], *, programme: str, county: str, award_ref: UUID, from_month: str
) -> None:
    """Marks each person once for the award; a second call changes nothing."""
    BenefitMark.objects.bulk_create(
        [
            BenefitMark(
                person_id=person_id,
                programme=programme,
                county=county,
                award_ref=award_ref,
                from_month=from_month,
            )
            for person_id in person_ids
        ],
        ignore_conflicts=True,
    )


@dataclass(frozen=True)
class Mark:
    """One mark to be made."""

    person_id: UUID
    programme: str
    county: str
    award_ref: UUID
    from_month: str


def mark_many(marks: Iterable[Mark]) -> None:
    """Marks of many awards at once; what is there already stays."""
    names = ("person_id", "programme", "county", "award_ref", "from_month")
    insert_many(BenefitMark, names, map(attrgetter(*names), marks), ignore=True)


def remove_marks(award_refs: Sequence[UUID]) -> None:
    """The marks of awards that were taken over and are undone, unpaid."""
    for start in range(0, len(award_refs), 500):
        BenefitMark.objects.filter(award_ref__in=award_refs[start : start + 500]).delete()


def end_mark(award_ref: UUID, until_month: str, of: Iterable[UUID] | None = None) -> None:
    """Ends the marks of an award with its last month; only those `of` some persons, if named."""
    living = BenefitMark.objects.filter(award_ref=award_ref, until_month="")
    (living if of is None else living.filter(person_id__in=of)).update(until_month=until_month)


def renew_mark(award_ref: UUID, ended: str, of: Iterable[UUID] | None = None) -> None:
    """The marks of an award that ended with a month run on; Conflict where somebody meanwhile
    receives something else: one person, one benefit.
    """
    ours = BenefitMark.objects.filter(award_ref=award_ref, until_month=ended)
    ours = ours if of is None else ours.filter(person_id__in=of)
    people = list(ours.values_list("person_id", flat=True))
    others = BenefitMark.objects.filter(person_id__in=people, until_month="")
    if others.exclude(award_ref=award_ref).exists():
        raise Conflict("有人已经在享受别的待遇，不能恢复，请先核对")
    ours.update(until_month="")
