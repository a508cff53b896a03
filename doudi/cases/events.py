"""What a case announces. Plain values only: ids, codes, dates; nothing personal."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class ApplicationSubmitted:
    """An application was acknowledged."""

    case_id: UUID
    number: str
    town: str


@dataclass(frozen=True)
class MorePapersAsked:
    """The applicant was told once of everything that is missing."""

    case_id: UUID


@dataclass(frozen=True)
class ApplicationAccepted:
    """The clock runs; verification and visit start at once."""

    case_id: UUID
    due_on: date


@dataclass(frozen=True)
class CaseTransferred:
    """The application went on to another office; `from_town` had it before."""

    case_id: UUID
    from_town: str


@dataclass(frozen=True)
class ApplicationDeclined:
    """The application was not accepted, with a letter."""

    case_id: UUID


@dataclass(frozen=True)
class CaseReviewed:
    """The town's opinion is signed."""

    case_id: UUID


@dataclass(frozen=True)
class NoticePublished:
    """The public notice hangs until the end of `until_on`."""

    case_id: UUID
    until_on: date


@dataclass(frozen=True)
class ObjectionRaised:
    """Somebody objected to a notice; who, is nowhere in the event."""

    case_id: UUID
    objection_id: UUID


@dataclass(frozen=True)
class DecisionConfirmed:
    """A second person confirmed: the household is entitled."""

    case_id: UUID
    decision_id: UUID


@dataclass(frozen=True)
class DecisionRefused:
    """The application was refused, with reasons, remedies and a letter."""

    case_id: UUID
    decision_id: UUID


@dataclass(frozen=True)
class CaseReturned:
    """The case went back to investigation."""

    case_id: UUID


@dataclass(frozen=True)
class ApplicationWithdrawn:
    """The applicant took the application back."""

    case_id: UUID
