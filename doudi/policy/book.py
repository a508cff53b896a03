"""The policy book: every dated and cited value of the pack, frozen for a day and a place."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from doudi.policy.codes import INCOMES

CONFIDENCES = ("verified", "reported", "derived", "assumed")
UNITS = frozenset(
    (
        "fen",
        "fen a month",
        "fen a year",
        "basis points",
        "years",
        "persons",
        "times",
        "minutes",
        "hours",
        "months",
        "working days",
        "calendar days",
        "standards",
        "vehicles",
        "homes",
        "companies",
        "machines",
        "counts",
        "yes or no",
    )
)
Value = int | tuple[int, ...]


class NotInForce(LookupError):
    """The key exists, but no value of it holds on that day at that place."""


class UnknownParameter(LookupError):
    """There is no such key in the pack."""


class UnknownCounty(LookupError):
    """The county is none of this pack."""


class PackError(ValueError):
    """A value of the pack lacks a date or source, or does not fit its unit; the key is named."""


@dataclass(frozen=True)
class Row:
    """One dated value. `area` and `counties` are empty where it holds everywhere."""

    key: str
    label: str
    label_en: str
    unit: str
    value: Value
    since: dt.date
    until: dt.date | None
    area: str
    counties: tuple[str, ...]
    document: str
    article: str
    confidence: str

    def holds(self, on: dt.date, area: str, county: str) -> bool:
        """Whether it is in force on a day, in an area class, in a county."""
        in_time = self.since <= on and (self.until is None or on <= self.until)
        in_place = not self.counties or county in self.counties
        return in_time and in_place and self.area in ("", area)

    @property
    def locally_verified(self) -> bool:
        """False for what the product shows as not verified locally."""
        return self.confidence in ("verified", "reported")


@dataclass(frozen=True)
class Book:
    """The values in force on one day at one place; a decision stores it whole."""

    on: dt.date
    area: str
    county: str
    values: Mapping[str, Row]

    def parameter(self, key: str) -> Row:
        """Value, unit, since, document, article, confidence; NotInForce where nothing holds."""
        try:
            return self.values[key]
        except KeyError:
            raise NotInForce(f"{key} is not in force on {self.on}") from None

    def value(self, key: str) -> Value:
        """The bare value; the group `income.counted` gives one weight for each income kind."""
        if f"{key}.{INCOMES[0]}" in self.values:
            return tuple(_whole(self.value(f"{key}.{kind}")) for kind in INCOMES)
        return self.parameter(key).value

    def whole(self, key: str) -> int:
        """The value where it is one whole number."""
        return _whole(self.value(key))

    def rows_of(self, key: str) -> list[Row]:
        """The rows behind a key: one, or all of a group."""
        if key in self.values:
            return [self.values[key]]
        return [self.values[f"{key}.{kind}"] for kind in INCOMES]

    def to_json(self) -> dict[str, Any]:
        """Everything needed to compute again elsewhere."""
        rows = {key: _row_json(row) for key, row in sorted(self.values.items())}
        place = {"on": self.on.isoformat(), "area": self.area, "county": self.county}
        return place | {"values": rows}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Book":
        """The book again, exactly."""
        values = {key: _row_from(key, row) for key, row in stored["values"].items()}
        on = dt.date.fromisoformat(stored["on"])
        return Book(on, stored["area"], stored["county"], values)

    @cached_property
    def told(self) -> dict[str, Any]:
        """A place where an explanation keeps what it says of each parameter."""
        return {}

    @cached_property
    def hash(self) -> str:
        """`sha256:…` over the canonical JSON; the same on every machine."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class PolicyBook:
    """All rows of a pack."""

    all_rows: tuple[Row, ...]
    counties: frozenset[str] = frozenset()

    def at(self, on: dt.date, region: str, area: str) -> Book:
        """Freezes what is in force; the more local row wins.

        `region` is a code of 6 digits or more. Raises UnknownCounty for a county of another
        pack, NotInForce for a day before any standard.
        """
        county = region[:6]
        if county not in self.counties:
            raise UnknownCounty(f"{county} is no county of this pack")
        values: dict[str, Row] = {}
        for row in self.all_rows:
            held = values.get(row.key)
            more_local = held is None or len(row.counties) > len(held.counties)
            if row.holds(on, area, county) and more_local:
                values[row.key] = row
        book = Book(on, area, county, values)
        book.parameter("dibao.standard")
        return book

    def general(self, key: str, on: dt.date) -> int:
        """A value that holds in every county and area, such as `process.notice_days`.

        UnknownParameter for a strange key, NotInForce where nothing holds that day.
        """
        held = [row for row in self.all_rows if row.key == key]
        if not held:
            raise UnknownParameter(key)
        for row in held:
            if row.holds(on, "", ""):
                return _whole(row.value)
        raise NotInForce(f"{key} is not in force on {on}")

    def rows(self) -> tuple[Row, ...]:
        """Every dated value, for reference pages."""
        return self.all_rows

    @property
    def keys(self) -> set[str]:
        """Every key of the pack."""
        return {row.key for row in self.all_rows}


def rows_from(entries: Mapping[str, Mapping[str, Any]]) -> Iterable[Row]:
    """The rows of parameter files; an entry may take its values from another by `same_as`."""
    for key, entry in entries.items():
        try:
            yield from _rows_of(key, entry, entries)
        except (KeyError, TypeError, ValueError) as error:
            raise PackError(f"{key}: {error!r}") from error


def _rows_of(
    key: str, entry: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]]
) -> Iterable[Row]:
    like = entry.get("same_as")
    for value in entries[like["key"]]["values"] if like else entry["values"]:
        if not like or value.get("area") == like["area"]:
            yield _checked(_row(key, entry, value, keep_area=not like))


def _checked(row: Row) -> Row:
    """The row, or ValueError: whole numbers, a known unit, dates in order, a known confidence."""
    numbers = row.value if isinstance(row.value, tuple) else (row.value,)
    problems = {
        "whole numbers from 0": any(type(n) is not int or n < 0 for n in numbers),
        f"unit {row.unit}": row.unit not in UNITS,
        f"confidence {row.confidence}": row.confidence not in CONFIDENCES,
        "dates": type(row.since) is not dt.date or (row.until or row.since) < row.since,
        "area": row.area not in ("", "urban", "rural"),
    }
    for problem, found in problems.items():
        if found:
            raise ValueError(problem)
    return row


def _row(key: str, entry: Mapping[str, Any], value: Mapping[str, Any], keep_area: bool) -> Row:
    raw = value["value"]
    return Row(
        key=key,
        label=entry["label"],
        label_en=entry["label_en"],
        unit=entry["unit"],
        value=tuple(raw) if isinstance(raw, list) else raw,
        since=value["from"],
        until=value.get("to"),
        area=value.get("area", "") if keep_area else "",
        counties=tuple(value.get("counties", ())),
        document=value["document"],
        article=str(value["article"]),
        confidence=value["confidence"],
    )


def _row_json(row: Row) -> dict[str, Any]:
    plain = asdict(row)
    plain.pop("key")
    dates = {"since": row.since.isoformat(), "until": row.until.isoformat() if row.until else None}
    value = list(row.value) if isinstance(row.value, tuple) else row.value
    return plain | dates | {"value": value, "counties": list(row.counties)}


def _row_from(key: str, stored: Mapping[str, Any]) -> Row:
    value = stored["value"]
    until = stored["until"]
    changed: dict[str, Any] = {
        "since": dt.date.fromisoformat(stored["since"]),
        "until": dt.date.fromisoformat(until) if until else None,
        "value": tuple(value) if isinstance(value, list) else value,
        "counties": tuple(stored["counties"]),
    }
    return Row(key=key, **{**stored, **changed})


def _whole(value: Value) -> int:
    if isinstance(value, tuple):
        raise TypeError("this parameter holds several values")
    return value
