"""take_in(): checks an upload and keeps it sealed; read() gives it back."""

import hashlib
import uuid
from collections.abc import Iterable
from typing import Protocol

from django.db.models import QuerySet

from doudi.attachments.checks import MOST_BYTES, check
from doudi.attachments.models import Attachment
from doudi.attachments.storage import fetch, keep
from doudi.clock.time import now
from doudi.kernel.errors import NotFound


class Who(Protocol):
    """Who hands it in, as the journal names him."""

    @property
    def kind(self) -> str:
        """staff, citizen or system."""

    @property
    def id(self) -> str:
        """Never personal."""


class Upload(Protocol):
    """What a form hands over."""

    name: str | None

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes."""


def take_in(file: Upload, *, subject: str, kind: str, actor: Who) -> Attachment:
    """Checks and keeps one file for `subject` ("application:<uuid>"); raises UploadRefused."""
    clean = check(file.read(MOST_BYTES + 1))
    key, name = uuid.uuid4(), uuid.uuid4().hex
    keep(name, clean.content, str(key))
    return Attachment.objects.create(
        id=key,
        subject=subject,
        kind=kind,
        sha256=hashlib.sha256(clean.content).hexdigest(),
        size=len(clean.content),
        mime=clean.mime,
        width=clean.width,
        height=clean.height,
        stored_name=name,
        original_name=(file.name or "")[:120],
        by_kind=actor.kind,
        by_id=actor.id,
        at=now(),
    )


def attachments_of(subject: str) -> list[Attachment]:
    """Everything taken in for `subject`, oldest first."""
    return list(Attachment.objects.filter(subject=subject).order_by("at", "id"))


def held_rows(subjects: Iterable[str]) -> QuerySet[Attachment]:
    """What was taken in for some subjects, for the household's own file; nothing is read yet."""
    return Attachment.objects.filter(subject__in=list(subjects))


def read(attachment_id: uuid.UUID) -> tuple[bytes, str]:
    """Checked content and its MIME type; NotFound, or SealBroken when the file was touched."""
    kept = Attachment.objects.filter(pk=attachment_id).first()
    if kept is None:
        raise NotFound
    return fetch(kept.stored_name, str(kept.pk)), kept.mime
