"""Reading the journal: by subject, by actor, by the hour, and piece by piece for evidence."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from doudi.audit.models import Entry

LOOKED = ("case.viewed", "person.revealed", "case.printed", "attachment.viewed")


def entries_about(subject: str, limit: int = 200) -> list[Entry]:
    """The newest entries about one thing."""
    return list(Entry.objects.filter(subject=subject).order_by("-id")[:limit])


def who_looked(subject: str, limit: int = 200) -> list[Entry]:
    """Who saw it, newest first: what a resident may ask."""
    looked = Entry.objects.filter(subject=subject, action__in=LOOKED)
    return list(looked.order_by("-id")[:limit])


def by_officers(subjects: Iterable[str]) -> QuerySet[Entry]:
    """What officers looked at, showed in full or did about these things, newest first.

    What residents did is not in it: who objected must not be guessed from it.
    """
    mine = Entry.objects.filter(subject__in=list(subjects), actor_kind="staff")
    return mine.order_by("-id")


def story_of(subjects: Iterable[str]) -> list[Entry]:
    """Everything about these things in the order in which it was written; one query."""
    return list(Entry.objects.filter(subject__in=list(subjects)).order_by("at", "id"))


def acts_between(
    chains: Iterable[str], since: dt.datetime, until: dt.datetime, actor_id: str = ""
) -> QuerySet[Entry]:
    """What staff did in these chains from an instant up to another, oldest first."""
    found = Entry.objects.filter(at__gte=since, at__lt=until, actor_kind="staff")
    within = Q(pk__in=[])
    for prefix in chains:
        within |= Q(chain__startswith=prefix[:6])
    found = found.filter(within)
    return (found.filter(actor_id=actor_id) if actor_id else found).order_by("at", "id")


def acts_watched(
    since: dt.datetime, until: dt.datetime, subjects: Iterable[str], actions: Iterable[str]
) -> Iterator[tuple[dt.datetime, str, str, str, str, str]]:
    """What staff did in a span to things of these kinds or by these actions, oldest first: instant,
    actor, action, subject, chain and device. Read in pieces, column by column, never as rows.
    """
    wanted = Q(action__in=list(actions))
    for prefix in subjects:
        wanted |= Q(subject__startswith=prefix)
    rows = Entry.objects.filter(wanted, at__gte=since, at__lt=until, actor_kind="staff")
    columns = ("at", "actor_id", "action", "subject", "chain", "detail__device")
    return rows.order_by("at", "id").values_list(*columns).iterator(2_000)


def stretch(chain: str, first: int, last: int) -> list[Entry]:
    """The entries of a chain from one number to another, both included."""
    return list(Entry.objects.filter(chain=chain, seq__gte=first, seq__lte=last).order_by("seq"))
