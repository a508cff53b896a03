"""What money announces."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class AwardOpened:
    """A household is entitled from a month on."""

    award_id: UUID


@dataclass(frozen=True)
class AwardChanged:
    """From a month on something else is due, or nothing any more."""

    award_id: UUID
    change_id: UUID


@dataclass(frozen=True)
class PartsAgreed:
    """What is given once comes in parts; the household hears when and on what."""

    award_id: UUID


@dataclass(frozen=True)
class RollReleased:
    """Two people stand behind the roll: it may go to the bank."""

    roll_id: UUID


@dataclass(frozen=True)
class RollSent:
    """The bank has the file."""

    roll_id: UUID


@dataclass(frozen=True)
class RollSettled:
    """The bank's answer is in the books."""

    roll_id: UUID


@dataclass(frozen=True)
class PaymentCameBack:
    """What was told as paid was returned by the bank afterwards."""

    payment_id: UUID
    reason: str


@dataclass(frozen=True)
class ReissueReleased:
    """Two people stand behind paying a returned line again."""

    file_id: UUID


@dataclass(frozen=True)
class ReissueSent:
    """The bank has the file of the second try."""

    file_id: UUID


@dataclass(frozen=True)
class ReissueSettled:
    """The bank has said what became of every second try in the file."""

    file_id: UUID
