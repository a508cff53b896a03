"""send(): a message joins the deed's transaction; send_due(): the worker passes it on."""

import datetime as dt

from django.conf import settings
from django.db import connection

from doudi.clock.time import now, real_now
from doudi.notices.channels.base import Channel, NotSent
from doudi.notices.channels.console import Console
from doudi.notices.channels.http_gateway import HttpGateway
from doudi.notices.models import Message
from doudi.notices.texts import wording

ATTEMPTS = 8
PAUSE = dt.timedelta(minutes=1)


def send(
    template: str,
    *,
    to: str,
    values: dict[str, object],
    subject: str = "",
    key: str = "",
    language: str = "zh",
) -> Message | None:
    """Queues one message; None when there is no phone. Must run inside a transaction.

    With a `key` (the id of the payment, of the decision …) the same template about the same subject
    is queued once: a repeat gives the first message back. Without one every call queues.
    """
    if not to:
        return None
    if not connection.in_atomic_block:
        raise RuntimeError("a message is queued in the same transaction as the deed")
    fresh = {
        "to": to,
        "text": wording(template, language, values),
        "language": language,
        "created_at": now(),
        "next_try_at": real_now(),
    }
    named = {"template": template, "subject": subject, "key": key}
    if not key:
        return Message.objects.create(**named, **fresh)
    return Message.objects.get_or_create(**named, defaults=fresh)[0]


def channel() -> Channel:
    """The configured way out."""
    return HttpGateway(settings.DOUDI_SMS_URL) if settings.DOUDI_SMS_URL else Console()


def send_due(limit: int = 200) -> int:
    """Hands queued messages to the channel; after eight failures one is `failed` and shown."""
    way = channel()
    due = Message.objects.filter(state="queued", next_try_at__lte=real_now())
    messages = list(due.order_by("created_at")[:limit])
    for message in messages:
        _send_one(way, message)
    return len(messages)


def _send_one(way: Channel, message: Message) -> None:
    this = Message.objects.filter(pk=message.pk, state="queued")
    claimed = this.filter(next_try_at=message.next_try_at).update(next_try_at=real_now() + PAUSE)
    if not claimed:
        return  # another worker has it
    try:
        way.send(message.to.open(), message.text.open(), str(message.pk))
    except NotSent as error:
        attempts = message.attempts + 1
        this.update(
            attempts=attempts,
            state="failed" if attempts >= ATTEMPTS else "queued",
            next_try_at=real_now() + PAUSE * 2**message.attempts,
            error=str(error)[:200],
        )
    else:
        this.update(state="sent", sent_at=now(), attempts=message.attempts + 1)
