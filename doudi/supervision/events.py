"""What supervision announces. Ids only."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class CheckOverturned:
    """Two officers of the county found that a decision does not stand."""

    check_id: UUID
    case_id: UUID
