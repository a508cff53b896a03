"""What redress announces. Plain values only: ids; nothing personal, nobody's name."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class AppealFiled:
    """An applicant appealed against a decision."""

    appeal_id: UUID
    case_id: UUID


@dataclass(frozen=True)
class AppealUpheld:
    """The appeal was right: the case is to be assessed anew."""

    appeal_id: UUID
    case_id: UUID


@dataclass(frozen=True)
class AppealDismissed:
    """The decision stands, with reasons."""

    appeal_id: UUID
    case_id: UUID


@dataclass(frozen=True)
class ChangeAppealFiled:
    """A household appealed against a change of its award, or against money asked back."""

    appeal_id: UUID


@dataclass(frozen=True)
class ChangeAppealUpheld:
    """It was right: what was taken is to be given back, by a person."""

    appeal_id: UUID


@dataclass(frozen=True)
class ChangeAppealDismissed:
    """The change stands, with reasons."""

    appeal_id: UUID


@dataclass(frozen=True)
class ComplaintFiled:
    """Somebody complained; who, and of whom, is nowhere in the event."""

    complaint_id: UUID


@dataclass(frozen=True)
class ComplaintAnswered:
    """A complaint has its answer."""

    complaint_id: UUID


@dataclass(frozen=True)
class ChangeReported:
    """A household told of a change."""

    change_id: UUID
    case_id: UUID


@dataclass(frozen=True)
class ChangeAnswered:
    """The town said what follows from a change."""

    change_id: UUID
    case_id: UUID
