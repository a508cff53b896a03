"""Policy cards by life event: the pack's plain words, its figures of the day, its clauses."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from doudi.policy.pack import Pack, load_pack

FIGURE = re.compile(r"\{([a-z_.]+)(?: (urban|rural))?\}")
WHOLE = 10_000
LISTS = ("who", "much", "papers")


@dataclass(frozen=True)
class Card:
    """One card in one language; `unverified` when a figure of it is not verified locally."""

    key: str
    icon: str
    title: str
    lead: str
    who: list[str]
    much: list[str]
    papers: list[str]
    basis: list[str]
    days: int
    notice_days: int
    unverified: bool


def cards(language: str, on: dt.date) -> list[Card]:
    """All cards in their order, with the figures in force on a day; reads no table."""
    folder = settings.DOUDI_PACK_DIR / "texts" / "cards"
    pack = load_pack(settings.DOUDI_PACK_DIR)
    return [_card(entry, pack, language, on) for entry in _entries(folder)]


@cache
def _entries(folder: Path) -> list[Mapping[str, Any]]:
    return [yaml.safe_load(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.yaml"))]


def _card(entry: Mapping[str, Any], pack: Pack, language: str, on: dt.date) -> Card:
    text = entry[language]
    seen: list[bool] = []
    lists = {name: [_filled(line, pack, on, seen) for line in text[name]] for name in LISTS}
    return Card(
        key=entry["key"],
        icon=entry["icon"],
        title=text["title"],
        lead=_filled(text["lead"], pack, on, seen),
        basis=[_basis(pack, document, article, language) for document, article in entry["basis"]],
        days=pack.book.general("process.total_days", on),
        notice_days=pack.book.general("process.notice_days", on),
        unverified=not all(seen),
        **lists,
    )


def _filled(line: str, pack: Pack, on: dt.date, seen: list[bool]) -> str:
    """The line with its figures; notes for each whether it is verified locally."""

    def figure(match: re.Match[str]) -> str:
        county = min(pack.book.counties)  # the cards tell what holds in the whole city
        row = pack.book.at(on, county, match[2] or "urban").parameter(match[1])
        seen.append(row.locally_verified)
        return _shown(row.value, row.unit)

    return FIGURE.sub(figure, line)


def _shown(value: Any, unit: str) -> str:
    """65500 fen → 655, 3000 basis points → 30%, 15000 → 1.5, days and years as they are."""
    if unit.startswith("fen"):
        yuan, cents = divmod(int(value), 100)
        return f"{yuan:,}" + (f".{cents:02d}" if cents else "")
    if unit == "basis points":
        return f"{value / 100:g}%" if value < WHOLE else f"{value / WHOLE:g}"
    return str(value)


def _basis(pack: Pack, document: str, article: str, language: str) -> str:
    paper = pack.documents[document]
    clause = pack.clause(document, article)
    if language == "en":
        return f"{paper.title_en}, art. {article}: {clause.en}"
    number = f"第{article}条" if article.isdigit() else article
    return f"《{paper.title}》{number}:{clause.zh}"
