"""Money's small calculations: references, hashes, sums. Pure; whole fen."""

import hashlib
from typing import Protocol


class Entitlement(Protocol):
    """What a month's due is worked out from: fen a month, first and last month (`""`: open)."""

    monthly_fen: int
    once_fen: int
    start_month: str
    end_month: str


def due_for(award: Entitlement, month: str) -> int:
    """Fen due in a month like 2022-06; 0 before the first and after the last."""
    begun = award.start_month <= month
    ended = award.end_month != "" and award.end_month < month
    once = award.once_fen if award.start_month == month else 0
    return award.monthly_fen + once if begun and not ended else 0


def reference(award_number: str, month: str, kind: str) -> str:
    """The end-to-end id of (award, month, kind): always the same, at most 35 characters."""
    digest = hashlib.sha256(f"{award_number}|{month}|{kind}".encode()).hexdigest()[:12].upper()
    return f"DD{month.replace('-', '')}{kind[:3].upper()}{digest}"


def sha256(text: str) -> str:
    """The hash printed on the release sheet."""
    return hashlib.sha256(text.encode()).hexdigest()


def split(total: int, base: int) -> tuple[int, int]:
    """Base and top-up that add up to the total."""
    return min(base, total), total - min(base, total)
