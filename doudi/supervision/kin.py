"""Which cases name somebody whom staff declared: asked of the relatives, not case by case."""

import datetime as dt
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Q

from doudi.accounts.queries import kin_declared, kin_named
from doudi.cases.parts import cases_with
from doudi.people.queries import refs_called

PIECE = 400  # values a query


def cases_that_name_kin(since: dt.datetime, on: dt.date) -> set[UUID]:
    """Accepted cases, open or ended since: by a declared number anywhere, by a declared name where
    one of the officer's posts is. How many queries it takes depends on the relatives alone.
    """
    found: set[UUID] = set()
    for indexes in _pieces(sorted(kin_declared())):
        found |= cases_with(Q(id_index__in=indexes), since)
    for place, names in kin_named(on).items():
        for some in _pieces(sorted(names)):
            found |= cases_with(Q(id_index__in=refs_called(some)), since, place)
    return found


def _pieces(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), PIECE):
        yield values[start : start + PIECE]
