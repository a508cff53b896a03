"""What urgent aid announces. Plain values only: ids, codes; nothing personal."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class HelpRaised:
    """Somebody asked for help at once."""

    call_id: UUID


@dataclass(frozen=True)
class OfficerRung:
    """An officer of the roster is asked to answer, or to sign."""

    ringing_id: UUID


@dataclass(frozen=True)
class HelpTaken:
    """An officer answered."""

    call_id: UUID


@dataclass(frozen=True)
class AdvanceSigned:
    """A second person signed: the money goes before the papers."""

    advance_id: UUID


@dataclass(frozen=True)
class PapersMadeUp:
    """Everything that was missing at the relief is there."""

    advance_id: UUID


@dataclass(frozen=True)
class HelpClosed:
    """Nothing is left to do about the call."""

    call_id: UUID
