"""Delivery contracts: which columns an item has, of which type, and what identifies a row.

A contract changes by a later version from a day on. A file is checked by the version of its
period; rows are read by the newest, which still tells the columns that earlier versions had.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ID = "证件号码"
# May be told of any item: they find whose row it is when the number is wrong.
NAME, BORN, COUNTY = "姓名", "出生日期", "县区代码"
KINDS = frozenset({"id", "text", "date", "month", "year", "money", "number", "count", "code"})


@dataclass(frozen=True)
class Column:
    """One column: its heading, kind, codes (kind `code` only) and whether it must be filled."""

    heading: str
    kind: str
    required: bool
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contract:
    """One item's agreement with its department, in force from a day on."""

    item: str
    version: int
    effective_from: dt.date
    confidence: str
    mode: str  # full | add
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    at_most: tuple[tuple[str, str], ...]
    bad_share: float
    keep_months: int
    known_share: float  # of the people of a first delivery so many are on the register
    taken_days: int  # so long a taken file lies in the exchange folder
    optional: tuple[Column, ...] = ()
    births: bool = False  # the birth date in the number is kept beside the pseudonym
    former: tuple[Column, ...] = ()  # columns of earlier versions that this one has no more

    @property
    def headings(self) -> tuple[str, ...]:
        """The heading line of a delivery."""
        return tuple(column.heading for column in self.columns)

    @property
    def told(self) -> tuple[Column, ...]:
        """Every column that a row in the lake may have."""
        return self.columns + self.former


@cache
def versions(path: Path) -> dict[str, tuple[Contract, ...]]:
    """Each item's contracts of a pack's `contracts.yaml`, the oldest first; ValueError names
    what is wrong in it.
    """
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    defaults = entries.pop("defaults")
    told = {}
    for item, entry in entries.items():
        later = entry.pop("later", [])
        whole = [defaults | entry, *(defaults | entry | change for change in later)]
        told[item] = _dated(item, [_contract(item, one) for one in whole])
    return told


def contracts(path: Path) -> dict[str, Contract]:
    """The newest contract of each item: what rows of any age are read by."""
    return {item: known[-1] for item, known in versions(path).items()}


def in_force(known: Sequence[Contract], on: dt.date) -> Contract:
    """The version of a day; the first one for days before it."""
    return next((c for c in reversed(known) if c.effective_from <= on), known[0])


def _dated(item: str, known: Sequence[Contract]) -> tuple[Contract, ...]:
    """What identifies a row, and what a heading means, never changes: else it is a new heading."""
    kinds: dict[str, Column] = {}
    dated: list[Contract] = []
    for place, one in enumerate(known):
        ordered = not place or (
            one.effective_from > known[place - 1].effective_from
            and one.version == known[place - 1].version + 1
        )
        changed = [c.heading for c in one.columns if c.kind != kinds.get(c.heading, c).kind]
        if not ordered or changed or (one.key, one.mode) != (known[0].key, known[0].mode):
            raise ValueError(f"contract {item}, version {one.version}: {changed or 'order, key'}")
        now = set(one.headings)
        former = tuple(column for heading, column in kinds.items() if heading not in now)
        kinds |= {column.heading: column for column in one.columns}
        dated.append(replace(one, former=former))
    return tuple(dated)


def _contract(item: str, entry: Mapping[str, Any]) -> Contract:
    columns = tuple(_column(heading, kind) for heading, kind in entry["columns"].items())
    headings = {column.heading for column in columns}
    at_most = tuple(entry.get("at_most", {}).items())
    unknown = ({*entry["key"]} | {name for pair in at_most for name in pair}) - headings
    if unknown or entry["mode"] not in ("full", "add"):
        raise ValueError(f"contract {item}: {sorted(unknown) or entry['mode']}")
    return Contract(
        item,
        entry["version"],
        entry["effective_from"],
        entry["confidence"],
        entry["mode"],
        tuple(entry["key"]),
        columns,
        at_most,
        entry["bad_share"],
        entry["keep_months"],
        entry["known_share"],
        entry["taken_days"],
        tuple(
            _column(heading, kind)
            for heading, kind in entry["optional"].items()
            if heading not in headings
        ),
        entry.get("births", False),
    )


def _column(heading: str, kind: Any) -> Column:
    if isinstance(kind, list):
        required = kind[0] == "!"
        return Column(heading, "code", required, tuple(kind[1:] if required else kind))
    column = Column(heading, kind.rstrip("!"), kind.endswith("!"))
    if column.kind not in KINDS:
        raise ValueError(f"column {heading}: no such kind {kind}")
    return column
