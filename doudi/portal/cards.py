"""Policy cards by life event: the pack's plain words, its figures of the day, its clauses."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from doudi.policy.book import Row
from doudi.policy.pack import Pack, load_pack
from doudi.policy.wording import confidence_name

FIGURE = re.compile(r"\{([a-z_.]+)(?: (urban|rural))?\}")
WHOLE = 10_000
NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
LISTS = ("who", "much", "papers")
DAYS = ("process.total_days", "process.notice_days")


@dataclass(frozen=True)
class Line:
    """One sentence with the clauses and figures it rests on, as they are shown beneath it."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """One card in one language; `unverified` when a figure of it is not verified locally."""

    key: str
    icon: str
    title: str
    lead: str
    who: list[Line]
    much: list[Line]
    papers: list[str]
    clauses: list[str]
    days: int
    notice_days: int
    days_sources: tuple[str, ...]
    unverified: bool

    @property
    def sentences(self) -> list[str]:
        """Everything a resident reads, in its order."""
        lines = [line.text for line in (*self.who, *self.much)]
        return [self.lead, *lines, *self.papers]


@dataclass
class Filler:
    """Fills the figures of one day into sentences and remembers whether all are verified."""

    pack: Pack
    language: str
    on: dt.date
    rows: list[Row] = field(default_factory=list)

    def line(self, text: str, clause: list[str]) -> Line:
        """The sentence with its figures; beneath it its clause and where each figure is from."""
        before = len(self.rows)
        filled = FIGURE.sub(self._figure, text)
        figures = [self.source(row) for row in self.rows[before:]]
        return Line(filled, tuple(dict.fromkeys([self.article(*clause), *figures])))

    def plain(self, text: str) -> str:
        """A sentence that rests on the clauses of the others."""
        return FIGURE.sub(self._figure, text)

    def general(self, key: str) -> Row:
        """A value that holds everywhere, as a row with its source."""
        held = [r for r in self.pack.book.rows() if r.key == key and r.holds(self.on, "", "")]
        self.rows.append(held[0])
        return held[0]

    def article(self, document: str, article: str) -> str:
        """《…》第13条."""
        return cited(self.pack, document, article, self.language)

    def source(self, row: Row) -> str:
        """低保标准 655元:《…》附注(据公开报道)."""
        english = self.language == "en"
        known = confidence_name(row.confidence, self.language)
        doubt = "" if row.confidence == "verified" else f" ({known})" if english else f"（{known}）"
        where = self.article(row.document, row.article)
        shown = shown_value(row)
        if english:
            return f"{row.label_en} {shown}: {where}{doubt}"
        return f"{row.label}{shown}：{where}{doubt}"

    def _figure(self, match: re.Match[str]) -> str:
        county = min(self.pack.book.counties)  # the cards tell what holds in the whole city
        row = self.pack.book.at(self.on, county, match[2] or "urban").parameter(match[1])
        self.rows.append(row)
        return shown_value(row)


def cited(pack: Pack, document: str, article: str, language: str) -> str:
    """《…》第13条, or the English title and number; KeyError when the pack does not hold it."""
    paper = pack.documents[document]
    number = pack.clause(document, article).article
    if language != "en":
        return f"《{paper.title}》{f'第{number}条' if number.isdigit() else number}"
    plain = number.translate(NUMERALS)
    if not plain.isascii():
        return paper.title_en
    return f"{paper.title_en}, {f'art. {plain}' if number.isdigit() else plain}"


def cards(language: str, on: dt.date) -> list[Card]:
    """All cards in their order, with the figures in force on a day; reads no table."""
    folder = settings.DOUDI_PACK_DIR / "texts" / "cards"
    pack = load_pack(settings.DOUDI_PACK_DIR)
    return [_card(entry, Filler(pack, language, on)) for entry in _entries(folder)]


@cache
def _entries(folder: Path) -> list[Mapping[str, Any]]:
    return [yaml.safe_load(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.yaml"))]


def _card(entry: Mapping[str, Any], fill: Filler) -> Card:
    text, basis = entry[fill.language], entry["basis"]
    lines = {
        name: [fill.line(t, clause) for t, clause in zip(text[name], basis[name], strict=True)]
        for name in ("who", "much")
    }
    total, notice = (fill.general(key) for key in DAYS)
    return Card(
        key=entry["key"],
        icon=entry["icon"],
        title=text["title"],
        lead=fill.plain(text["lead"]),
        papers=[fill.plain(t) for t in text["papers"]],
        clauses=_clauses(basis, fill),
        days=int(total.value),  # type: ignore[arg-type]
        notice_days=int(notice.value),  # type: ignore[arg-type]
        days_sources=(fill.source(total), fill.source(notice)),
        unverified=not all(row.locally_verified for row in fill.rows),
        **lines,
    )


def _clauses(basis: Mapping[str, Any], fill: Filler) -> list[str]:
    """Each cited clause once, in our own words."""
    cited = dict.fromkeys(tuple(c) for name in ("who", "much") for c in basis[name])
    clauses = [(fill.article(*c), fill.pack.clause(*c)) for c in cited]
    if fill.language == "en":
        return [f"{where}: {clause.en}" for where, clause in clauses]
    return [f"{where}：{clause.zh}" for where, clause in clauses]


def shown_value(row: Row) -> str:
    """65500 fen → 655, 3000 basis points → 30%, 15000 → 1.5, days and years as they are."""
    value: Any = row.value
    if row.unit.startswith("fen"):
        yuan, cents = divmod(int(value), 100)
        return f"{yuan:,}" + (f".{cents:02d}" if cents else "")
    if row.unit == "basis points":
        return f"{value / 100:g}%" if value < WHOLE else f"{value / WHOLE:g}"
    return str(value)
