"""A policy pack: a folder of data that says what holds in one city, and since when."""

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from doudi.kernel.workdays import WorkdayCalendar
from doudi.policy.book import NotInForce, PackError, PolicyBook, rows_from


@dataclass(frozen=True)
class Clause:
    """One article in our own words."""

    article: str
    zh: str
    en: str


@dataclass(frozen=True)
class Document:
    """A policy document that the pack cites."""

    key: str
    title: str
    title_en: str
    issuer: str
    number: str
    date: dt.date
    seen: str
    clauses: Mapping[str, Clause]


@dataclass(frozen=True)
class Words:
    """What the pack calls something."""

    zh: str
    en: str


@dataclass(frozen=True)
class Process:
    """Stages, days and forms between two dates; maps the states of a case to stages."""

    key: str
    zh: str
    en: str
    since: dt.date
    until: dt.date | None
    document: str
    confidence: str
    stages: tuple[Mapping[str, Any], ...]
    pauses: tuple[str, ...]

    def stage_doing(self, act: str) -> str:
        """The key of the stage that an act belongs to; "" for one that belongs to none."""
        return next((str(s["key"]) for s in self.stages if act in s["acts"]), "")


@dataclass(frozen=True)
class Pack:
    """Everything of one city."""

    folder: Path
    about: Mapping[str, Any]
    documents: Mapping[str, Document]
    book: PolicyBook
    calendar: WorkdayCalendar
    processes: tuple[Process, ...]
    extras: Mapping[str, Words]  # beside the monthly amount, by the kind that the rules give

    def process_at(self, day: dt.date) -> Process:
        """The process in force on a day; NotInForce where none is."""
        for process in self.processes:
            if process.since <= day and (process.until is None or day <= process.until):
                return process
        raise NotInForce(f"no process is in force on {day}")

    def clause(self, document: str, article: str) -> Clause:
        """An article in our own words; KeyError when the pack does not hold it."""
        return self.documents[document].clauses[article]


@cache
def load_pack(folder: Path) -> Pack:
    """Reads a pack once; PackError for a value without a fitting unit, date or cited article."""
    about = _yaml(folder / "pack.yaml")
    documents = {
        key: _document(key, entry)
        for path in sorted((folder / "documents").glob("*.yaml"))
        for key, entry in _yaml(path).items()
    }
    entries: dict[str, Any] = {}
    for path in sorted((folder / "parameters").rglob("*.yaml")):
        entries |= _yaml(path)
    counties = (r["code"][:6] for r in _table(folder / "regions.csv") if r["level"] == "county")
    book = PolicyBook(tuple(rows_from(entries)), frozenset(counties))
    for row in book.all_rows:
        if row.document not in documents or row.article not in documents[row.document].clauses:
            raise PackError(f"{row.key}: no clause {row.document} {row.article} in documents/")
    processes = tuple(
        _process(_yaml(path)) for path in sorted((folder / "processes").glob("*.yaml"))
    )
    return Pack(
        folder, about, documents, book, _calendar(folder, about), processes, _extras(folder)
    )


def _extras(folder: Path) -> dict[str, Words]:
    """A city that pays none has no file of them."""
    path = folder / "catalog" / "extras.yaml"
    try:
        return {kind: Words(**told) for kind, told in _yaml(path).items()} if path.exists() else {}
    except TypeError:
        raise PackError(f"{path.name}: an extra needs its name as zh and en") from None


def _yaml(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _document(key: str, entry: Mapping[str, Any]) -> Document:
    clauses = {a: Clause(article=a, **words) for a, words in entry["clauses"].items()}
    return Document(**{**entry, "key": key, "clauses": clauses})


def _calendar(folder: Path, about: Mapping[str, Any]) -> WorkdayCalendar:
    rows = _table(folder / "calendar" / "workdays.csv")
    days = {dt.date.fromisoformat(row["date"]): row["kind"] == "work" for row in rows}
    return WorkdayCalendar(days, about["calendar_known_until"])


def _process(entry: Mapping[str, Any]) -> Process:
    return Process(
        key=entry["key"],
        zh=entry["zh"],
        en=entry["en"],
        since=entry["from"],
        until=entry.get("to"),
        document=entry["document"],
        confidence=entry["confidence"],
        stages=tuple(entry["stages"]),
        pauses=tuple(entry["pauses"]),
    )
