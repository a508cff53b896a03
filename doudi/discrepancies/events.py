"""What the inquiries announce."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ExplanationAsked:
    """A household is to hear what was found and until when it may explain or object."""

    inquiry_id: UUID


@dataclass(frozen=True)
class InquiryClosed:
    """An inquiry has its result codes; what a re-check needs was called in the same deed."""

    inquiry_id: UUID
