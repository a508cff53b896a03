"""The pack's word on files for the bank: which layout a county's bank reads, and how it looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from doudi.policy.book import PackError

OF_LINE = ("reference", "number", "account", "holder", "bank", "amount", "purpose", "id_number")
FIELDS = frozenset((*OF_LINE, "count", "total"))
ISO = "iso20022"


@dataclass(frozen=True)
class Layout:
    """A layout of lines: its separator and fields, and the words of the file that comes back."""

    separator: str
    head: tuple[str, ...]
    line: tuple[str, ...]
    answer: tuple[str, ...]
    paid: frozenset[str]
    returned: frozenset[str]


@dataclass(frozen=True)
class BankData:
    """The pack's `catalog/bank.yaml`."""

    layouts: Mapping[str, Layout]
    counties: Mapping[str, str]
    debtor: Mapping[str, str]
    reasons: Mapping[str, str]

    def layout_of(self, county: str) -> str:
        """The name of the layout that the county's bank reads."""
        return self.counties.get(county, self.counties["default"])

    def has(self, layout: str, field: str) -> bool:
        """Whether the lines of a layout carry a field."""
        return layout in self.layouts and field in self.layouts[layout].line

    def reason(self, code: str) -> str:
        """The office's words for a reason code of ISO 20022."""
        return self.reasons.get(code, self.reasons["other"])


def bank_data() -> BankData:
    """Of the pack of this installation; PackError where it names what does not exist."""
    return _read(Path(settings.DOUDI_PACK_DIR) / "catalog" / "bank.yaml")


@cache
def _read(path: Path) -> BankData:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    layouts = {name: _layout(name, entry) for name, entry in found["layouts"].items()}
    unknown = set(found["counties"].values()) - {*layouts, ISO}
    if unknown:
        raise PackError(f"bank.yaml: there is no layout {', '.join(sorted(unknown))}")
    return BankData(layouts, found["counties"], found["debtor"], found["reasons"])


def _layout(name: str, entry: Mapping[str, Any]) -> Layout:
    unknown = {*entry["head"], *entry["line"]} - FIELDS
    if unknown or not {"reference", "account", "holder", "amount"} <= set(entry["line"]):
        raise PackError(f"bank.yaml: {name} has fields that cannot be: {sorted(unknown)}")
    if not {"reference", "status"} <= set(entry["answer"]):
        raise PackError(f"bank.yaml: the answer of {name} needs reference and status")
    return Layout(
        entry["separator"],
        head=tuple(entry["head"]),
        line=tuple(entry["line"]),
        answer=tuple(entry["answer"]),
        paid=frozenset(map(str, entry["paid"])),
        returned=frozenset(map(str, entry["returned"])),
    )
