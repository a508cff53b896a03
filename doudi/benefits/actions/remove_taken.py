"""撤销接收的待遇: awards of a batch go again as long as no roll carries one of them.

Clause: DOUDI R32
Move:   none      Right: the caller's      Says: nothing
"""

from uuid import UUID

from doudi.benefits.models import Award, AwardChange, AwardPerson, Payment
from doudi.kernel.errors import Conflict
from doudi.people.actions.mark_benefit import remove_marks


def remove_taken(batch_id: UUID) -> tuple[list[UUID], list[UUID]]:
    """Their households and persons. Conflict once a roll, even a draft, carries a line of them."""
    mine = Award.objects.filter(batch_id=batch_id)
    if Payment.objects.filter(award__in=mine).exists():
        raise Conflict("这一批已经编进发放名册，不能撤销")
    if AwardChange.objects.filter(award__in=mine).exists():
        raise Conflict("这一批里已有待遇变动过，不能撤销")
    rows = list(mine.values_list("pk", "household_id"))
    covered = AwardPerson.objects.filter(award__in=mine)
    persons = set(covered.values_list("person_id", flat=True))
    persons |= set(mine.values_list("payee_id", flat=True))
    covered.delete()
    mine.delete()
    remove_marks([pk for pk, _ in rows])
    return [household for _, household in rows], sorted(persons, key=str)
