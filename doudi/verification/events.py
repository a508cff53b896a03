"""What verification announces."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ConsentSigned:
    """One person's authorisation is on file."""

    consent_id: UUID
    ref: UUID


@dataclass(frozen=True)
class ConsentWithdrawn:
    """One person took the authorisation back: nothing more may be asked under it."""

    consent_id: UUID
    ref: UUID


@dataclass(frozen=True)
class VerificationRequested:
    """A request is to be sent to the sources."""

    request_id: UUID


@dataclass(frozen=True)
class VerificationReported:
    """A report was issued for `ref`."""

    ref: UUID
    report_id: UUID


@dataclass(frozen=True)
class DeliveryDecided:
    """A person let a held delivery count, or set it aside."""

    delivery_id: UUID
    use: bool


@dataclass(frozen=True)
class RegisterCompared:
    """A run over the whole register is kept; what nobody held back is to be worked off."""

    run_id: UUID


@dataclass(frozen=True)
class FindingsReleased:
    """A person let a town's held findings become work."""

    run_id: UUID
    town: str
