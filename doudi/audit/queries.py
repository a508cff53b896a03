"""Reading the journal: by subject, by actor."""

from collections.abc import Iterable

from django.db.models import QuerySet

from doudi.audit.models import Entry

LOOKED = ("case.viewed", "person.revealed", "case.printed", "attachment.viewed")


def entries_about(subject: str, limit: int = 200) -> list[Entry]:
    """The newest entries about one thing."""
    return list(Entry.objects.filter(subject=subject).order_by("-id")[:limit])


def entries_by(actor_id: str, limit: int = 200) -> list[Entry]:
    """The newest entries of one actor."""
    return list(Entry.objects.filter(actor_id=actor_id).order_by("-id")[:limit])


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
