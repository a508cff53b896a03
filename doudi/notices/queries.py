"""What was sent: for the demonstration's 短信箱 and for the health page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from doudi.notices.models import Message
from doudi.vault.masking import mask_phone


@dataclass(frozen=True)
class Shown:
    """A message as the demonstration shows it."""

    at: datetime
    to: str
    text: str
    state: str
    template: str


def inbox(limit: int = 100) -> list[Shown]:
    """The newest messages, opened; only a demo page may call this."""
    rows = Message.objects.order_by("-created_at")[:limit]
    return [
        Shown(m.created_at, mask_phone(m.to.open()), m.text.open(), m.state, m.template)
        for m in rows
    ]


def failed_count() -> int:
    """Messages that no channel took."""
    return Message.objects.filter(state="failed").count()


def held_rows(phone_index: str) -> QuerySet[Message]:
    """What was sent to a phone, for its owner's own file; nothing is read yet."""
    return Message.objects.filter(to_index=phone_index)
