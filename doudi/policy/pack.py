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
from doudi.policy.book import PolicyBook, rows_from


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

    def stage_of(self, case_stage: str) -> Mapping[str, Any]:
        """The first stage in which a case may stand so; the last one when none names it."""
        return next((s for s in self.stages if case_stage in s["cases"]), self.stages[-1])


@dataclass(frozen=True)
class Pack:
    """Everything of one city."""

    folder: Path
    about: Mapping[str, Any]
    documents: Mapping[str, Document]
    book: PolicyBook
    calendar: WorkdayCalendar
    processes: tuple[Process, ...]

    def process_at(self, day: dt.date) -> Process:
        """The process in force on a day."""
        return next(
            p for p in self.processes if p.since <= day and (p.until is None or day <= p.until)
        )

    def region_rows(self) -> list[dict[str, str]]:
        """code, name, level, parent of every place."""
        with (self.folder / "regions.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))


@cache
def load_pack(folder: Path) -> Pack:
    """Reads a pack once; every cited document must exist (KeyError names the missing one)."""
    about = _yaml(folder / "pack.yaml")
    documents = {
        key: Document(key=key, **entry)
        for path in sorted((folder / "documents").glob("*.yaml"))
        for key, entry in _yaml(path).items()
    }
    entries: dict[str, Any] = {}
    for path in sorted((folder / "parameters").rglob("*.yaml")):
        entries |= _yaml(path)
    book = PolicyBook(tuple(rows_from(entries)))
    for row in book.all_rows:
        documents[row.document]
    processes = tuple(
        _process(_yaml(path)) for path in sorted((folder / "processes").glob("*.yaml"))
    )
    return Pack(folder, about, documents, book, _calendar(folder, about), processes)


def _yaml(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def _calendar(folder: Path, about: Mapping[str, Any]) -> WorkdayCalendar:
    with (folder / "calendar" / "workdays.csv").open(encoding="utf-8") as file:
        days = {
            dt.date.fromisoformat(row["date"]): row["kind"] == "work"
            for row in csv.DictReader(file)
        }
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
