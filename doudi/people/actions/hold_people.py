"""Holds people until the transaction ends, so that two offices cannot grant them at once.

Clause: DB57 art 5; NT22 4(3)
Move:   none      Right: called by an action      Says: nothing
"""

from collections.abc import Iterable

from doudi.people.models import Person


def hold_people(id_indexes: Iterable[str]) -> None:
    """Locks them in one fixed order; where the database locks whole, it is held already."""
    people = Person.objects.filter(id_index__in=list(id_indexes)).order_by("pk")
    list(people.select_for_update().values_list("pk", flat=True))
