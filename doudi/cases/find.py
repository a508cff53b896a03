"""Finding a case from the one box: by number, name, initials, last digits or village."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import Count, Q, QuerySet, SmallIntegerField, When, Window

from doudi.accounts.models import Staff
from doudi.accounts.queries import inside, may, posts_of, scope
from doudi.cases.models import Applied, Case
from doudi.cases.queries import visible
from doudi.cases.worklist import Row, lines, rows_of
from doudi.kernel.region_code import stem
from doudi.people.figures.asked import Asked, is_short, read_words
from doudi.people.queries import FoundPerson, living_here, refs
from doudi.regions.queries import villages_named
from doudi.vault.index import blind_index

MOST = 200
SHOWN = 50
ID, PHONE, TAIL = 18, 11, 4


@dataclass(frozen=True)
class Found:
    """What the words meant, the cases (own town first), and who is on file beside them."""

    asked: Asked
    rows: list[Row]
    count: int
    people: list[tuple[FoundPerson, UUID | None]]

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than were counted."""
        return self.count >= MOST


def find(staff: Staff, words: str, on: dt.date) -> Found:
    """Cases and people of the officer's towns only, at most fifty of each; masked.

    Every way of being meant looks for itself, at most MOST; all of them are one query.
    """
    asked = read_words(words)
    if asked.kind == "nothing":
        return Found(asked, [], 0, [])
    newest = [s.order_by("-submitted_at").values("pk")[:MOST] for s in _sources(staff, asked)]
    first, *more = [Case.objects.filter(pk__in=keys).values("pk") for keys in newest]
    own = [stem(post.region_id) for post in posts_of(staff) if post.stands_in_for_id is None]
    meant = Case.objects.filter(pk__in=first.union(*more) if more else first)
    found = lines(meant).annotate(there=Window(Count("*")))
    cases = list(found.order_by(*_first(own))[:SHOWN])
    return Found(asked, rows_of(cases, on), cases[0].there if cases else 0, _people(staff, asked))


def _first(own: list[str]) -> Iterator[Any]:
    """Own town first, open ones first, the newest first: the database sorts, fifty are read."""
    for comes_first in (Q(town__in=own), Q(ended_at=None)):
        yield Choice(When(comes_first, then=0), default=1, output_field=SmallIntegerField())
    yield "-submitted_at"


def _sources(staff: Staff, asked: Asked) -> Iterator[QuerySet[Case]]:
    """One subquery a way of being meant: an OR of their conditions could use no index."""
    cases, text = visible(staff), asked.text
    if asked.kind == "number":
        yield cases.filter(number=text)
    elif is_short(asked):
        yield cases.filter(surname=text)
    elif asked.kind == "digits" and len(text) == ID:
        yield cases.filter(_whose(Q(id_index=blind_index("id", text))))
    else:
        yield cases.filter(_whose(Q(id_index__in=refs(asked))))
    if asked.kind == "digits":
        yield cases.filter(tail=text[-TAIL:], number__endswith=text)
    if asked.kind == "digits" and len(text) == PHONE:
        yield cases.filter(application__phone_index=blind_index("phone", text))
    if asked.kind == "name" and (villages := villages_named(text)):
        yield cases.filter(village_id__in=villages)


def _whose(members: Q) -> Q:
    return Q(application__in=Applied.objects.filter(members).values("application"))


def _people(staff: Staff, asked: Asked) -> list[tuple[FoundPerson, UUID | None]]:
    """Those on file in these towns, each with the newest case that names him."""
    if asked.kind == "number" or is_short(asked):
        return []
    places = Q()
    for prefix in scope(staff, "case.list"):
        places |= inside(prefix, "household__region_id")
    people = living_here(asked, places, SHOWN)
    # Few people: whose case it is to see is asked here, not of every case of the city.
    named = Applied.objects.filter(id_index__in=[p.ref for p in people])
    rows = named.filter(application__case__isnull=False).order_by("application__submitted_at")
    found = rows.values_list("id_index", "application__case", "application__case__town")
    newest = {index: case for index, case, town in found if may(staff, "case.list", town)}
    return [(person, newest.get(person.ref)) for person in people]
