"""在享标记: who receives what, readable below benefits: one person, one benefit.

Clause: DB57 art 5; NT22 4(3)
Move:   none      Right: called by a reaction      Says: nothing
"""

from collections.abc import Iterable
from uuid import UUID

from doudi.people.models import BenefitMark


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


def end_mark(award_ref: UUID, until_month: str, of: Iterable[UUID] | None = None) -> None:
    """Ends the marks of an award with its last month; only those `of` some persons, if named."""
    living = BenefitMark.objects.filter(award_ref=award_ref, until_month="")
    (living if of is None else living.filter(person_id__in=of)).update(until_month=until_month)
