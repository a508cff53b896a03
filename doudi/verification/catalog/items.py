"""The pack's catalogue: 12 departments, 28 items."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings


@dataclass(frozen=True)
class Item:
    """One data item: who delivers it, under which headings, how often, what it feeds."""

    code: str
    zh: str
    en: str
    agency: str
    cycle: str
    feeds: str
    source: str
    headings: tuple[str, ...]


@cache
def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def items() -> tuple[Item, ...]:
    """All items in the order of the catalogue."""
    entries = _read(Path(settings.DOUDI_PACK_DIR) / "catalog" / "items.yaml")
    return tuple(_item(code, entry) for code, entry in entries.items())


def item(code: str) -> Item:
    """One item; KeyError for an unknown code."""
    return _item(code, _read(Path(settings.DOUDI_PACK_DIR) / "catalog" / "items.yaml")[code])


def codes() -> list[str]:
    """The codes of all items."""
    return [i.code for i in items()]


def agencies() -> dict[str, Any]:
    """The departments by their short name."""
    return _read(Path(settings.DOUDI_PACK_DIR) / "catalog" / "agencies.yaml")


def _item(code: str, entry: dict[str, Any]) -> Item:
    return Item(
        code,
        entry["zh"],
        entry["en"],
        entry["agency"],
        entry["cycle"],
        entry["feeds"],
        entry["source"],
        tuple(entry["columns"]),
    )
