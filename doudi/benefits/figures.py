"""Money's small calculations: references, hashes, sums. Pure; whole fen."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol


class Entitlement(Protocol):
    """What a month's due is worked out from: as opened, then the steps that changes brought."""

    monthly_fen: int
    top_up_fen: int
    once_fen: int
    start_month: str
    end_month: str
    steps: list[dict[str, Any]]


@dataclass(frozen=True)
class Step:
    """From a month on this much is due; `change` is the order of the change behind it."""

    month: str
    base: int
    top_up: int
    why: str
    change: int

    def to_json(self) -> dict[str, Any]:
        """As an award keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class Due:
    """What is due in a month: base and top-ups in whole fen, and which change says so."""

    base: int
    top_up: int
    why: str  # opened, or the `what` of a change; before, after: nothing is due
    change: int = 0

    @property
    def fen(self) -> int:
        """All of it."""
        return self.base + self.top_up


def entitled(award: Entitlement, month: str) -> Due:
    """What an award comes to in a month like 2022-06, and why; without what is given once."""
    if month < award.start_month:
        return Due(0, 0, "before")
    if award.end_month and award.end_month < month:
        return Due(0, 0, "after")
    reached = [step for step in award.steps if step["month"] <= month]
    if not reached:
        return Due(award.monthly_fen - award.top_up_fen, award.top_up_fen, "opened")
    last = reached[-1]
    return Due(last["base"], last["top_up"], last["why"], last["change"])


def due_for(award: Entitlement, month: str) -> int:
    """Fen due in a month like 2022-06; 0 before the first and after the last."""
    due = entitled(award, month)
    running = due.why not in ("before", "after")
    return due.fen + (award.once_fen if running and award.start_month == month else 0)


def with_steps(award: Entitlement, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The award's steps after a change: whatever it says begins anew with its first month."""
    first = min(step.month for step in steps)
    kept = [step for step in award.steps if step["month"] < first]
    return kept + [step.to_json() for step in sorted(steps, key=lambda s: s.month)]


def still_owed(award: Entitlement, months: Iterable[str], paid: int) -> int:
    """Fen of closed months that are due by now less what was paid for them; below 0: too much."""
    return sum(due_for(award, month) for month in months) - paid


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
