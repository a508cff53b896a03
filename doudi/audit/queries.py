"""Reading the journal: by subject, by actor."""

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
