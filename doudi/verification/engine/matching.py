"""Whose row is it? Explainable tiers for rows that came without a number, or with a wrong one.

Right numbers, 15-digit ones too, need no match: they are joined as they are. Distances count
characters, never bytes: 王芳 and 王伟 differ by one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from doudi.verification.engine.loaded import TIERS

ALONE = "exact"
MOST = 5  # candidates of a row that a person is shown


@dataclass(frozen=True)
class Known:
    """A person of the register: pseudonym of the number, what else identifies, county of issue."""

    key: int
    person: str
    town: str
    name: str
    born: dt.date
    county: str


@dataclass(frozen=True)
class Lost:
    """A row with a wrong number: whom it may have meant, and what else it tells."""

    row_no: int
    near: tuple[int, ...]
    name: str
    born: dt.date | None
    county: str


@dataclass(frozen=True)
class Candidate:
    """A person for a row, with what agrees; `alone`: counts without anybody's decision."""

    row_no: int
    person: str
    town: str
    tier: str
    why: tuple[str, ...]
    alone: bool


def lost_rows(path: Path) -> Iterator[Lost]:
    """The unmatched rows of a delivery, in pieces."""
    names = ["row_no", "near", "name", "born", "county"]
    for batch in pq.ParquetFile(path).iter_batches(20_000, columns=names):
        for row in batch.to_pylist():
            yield Lost(row["row_no"], tuple(row["near"]), row["name"], row["born"], row["county"])


def lost_row(path: Path, row_no: int) -> dict[str, Any]:
    """One unmatched row with all its columns; {} where there is none."""
    rows = pq.read_table(path, filters=[("row_no", "=", row_no)]).to_pylist()
    return rows[0] if rows else {}


class Register:
    """The register by what a row may tell."""

    def __init__(self, people: Iterable[Known]) -> None:
        self.by_key: dict[int, Known] = {}
        self.by_birth: Mapping[dt.date, list[Known]] = defaultdict(list)
        self.by_name: Mapping[tuple[str, str], list[Known]] = defaultdict(list)
        for known in people:
            self.by_key[known.key] = known
            self.by_birth[known.born].append(known)
            self.by_name[known.name, known.county].append(known)

    def candidates(self, row: Lost) -> list[Candidate]:
        """At most MOST, the surest first; a person only once, under the surest tier."""
        found: dict[str, Candidate] = {}
        for tier, known, why in self._tiers(row):
            made = Candidate(row.row_no, known.person, known.town, tier, why, tier == ALONE)
            if known.person not in found or _place(made) < _place(found[known.person]):
                found[known.person] = made
        best = sorted(found.values(), key=_place)
        sure = [candidate for candidate in best if candidate.alone]
        if len(sure) == 1:
            return sure
        return [replace(candidate, alone=False) for candidate in best[:MOST]]

    def _tiers(self, row: Lost) -> Iterator[tuple[str, Known, tuple[str, ...]]]:
        for known in self.by_birth.get(row.born, ()) if row.born else ():
            yield from _by_birth(row, known)
        for key in row.near:
            if meant := self.by_key.get(key):
                yield from _by_number(row, meant)
        for known in self.by_name.get((row.name, row.county), ()) if row.name else ():
            if row.born and one_part(row.born, known.born):
                yield "birth_close", known, ("name", "county", "birth_close")


def _place(candidate: Candidate) -> tuple[int, str]:
    return TIERS.index(candidate.tier), candidate.person


def _by_birth(row: Lost, known: Known) -> Iterator[tuple[str, Known, tuple[str, ...]]]:
    same_county = row.county == known.county
    if row.name == known.name and same_county:
        yield "exact", known, ("name", "birth", "county")
    elif row.name == known.name:
        yield "name_birth", known, ("name", "birth")
    elif row.name and same_county and distance(row.name, known.name) == 1:
        yield "name_close", known, ("name_close", "birth", "county")


def _by_number(row: Lost, known: Known) -> Iterator[tuple[str, Known, tuple[str, ...]]]:
    if row.name and distance(row.name, known.name) <= 1:
        same = "name" if row.name == known.name else "name_close"
        yield "number_name", known, ("number_close", same)
    elif not row.name:
        yield "number", known, ("number_close",)


def one_part(one: dt.date, other: dt.date) -> bool:
    """Year, month or day differ alone, or month and day were swapped."""
    apart = (one.year != other.year, one.month != other.month, one.day != other.day)
    swapped = (one.month, one.day) == (other.day, other.month) and one.year == other.year
    return sum(apart) == 1 or (swapped and one != other)


def distance(one: str, other: str) -> int:
    """How many characters must be changed, put in or left out (Levenshtein)."""
    line = list(range(len(other) + 1))
    for place, character in enumerate(one, 1):
        above, line[0] = line[0], place
        for n, opposite in enumerate(other, 1):
            cost = min(line[n] + 1, line[n - 1] + 1, above + (character != opposite))
            above, line[n] = line[n], cost
    return line[-1]
