"""What the upkeep of awards announces."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ProposalMade:
    """A household is to hear what is proposed, why, and until when it may answer."""

    proposal_id: UUID


@dataclass(frozen=True)
class ProposalDropped:
    """Nothing changes after all."""

    proposal_id: UUID


@dataclass(frozen=True)
class StandardApplied:
    """A new standard holds for every award of a list."""

    run_id: UUID


@dataclass(frozen=True)
class AccountChanged:
    """From now on another account is paid."""

    request_id: UUID


@dataclass(frozen=True)
class RecoveryDecided:
    """Something is to be paid back, in so many parts, or is waived."""

    recovery_id: UUID
