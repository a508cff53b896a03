"""What comes of a delivered file; light, so that doors may name it without loading the engine."""

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

# Of rows with a wrong number, from the surest down (engine/matching.py). Only the first acts alone,
# and only where one single person fits.
TIERS = ("exact", "number_name", "number", "name_birth", "name_close", "birth_close")


Made = TypeVar("Made")


def ended(work: Generator[Any, None, Made]) -> Made:
    """What work in pieces returns at its end, without a pause between the pieces."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


class FileRefused(Exception):
    """The whole file is sent back: a reason code with its values and, if known, the rows."""

    def __init__(self, code: str, rows: tuple[int, ...] = (), **values: str | int) -> None:
        super().__init__(code)
        self.code, self.rows, self.values = code, rows, values
        self.loaded: Any = None  # what was read, when the file was read whole


@dataclass(frozen=True)
class Fault:
    """One value that cannot be taken: data row (the first below the headings is 1)."""

    row: int
    heading: str
    reason: str
    masked: str


@dataclass
class Loaded:
    """What came of a file: rows, refused rows, faults, sums and people for plausibility."""

    rows: int = 0
    accepted: int = 0
    unmatched: int = 0  # refused only for their number, and told by name: candidates to match
    faults: list[Fault] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    path: Path | None = None

    @property
    def refused(self) -> int:
        """Rows that were quarantined."""
        return self.rows - self.accepted
