"""Delivery contracts: which columns an item has, of which type, and what identifies a row."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
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
    optional: tuple[Column, ...] = ()
    births: bool = False  # the birth date in the number is kept beside the pseudonym

    @property
    def headings(self) -> tuple[str, ...]:
        """The heading line of a delivery."""
        return tuple(column.heading for column in self.columns)


@cache
def contracts(path: Path) -> dict[str, Contract]:
    """All contracts of a pack's `contracts.yaml`; ValueError names what is wrong in it."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    defaults = entries.pop("defaults")
    return {item: _contract(item, defaults | entry) for item, entry in entries.items()}


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
