"""What a row of a ledger is, and how its places and days are written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from doudi.accounts.models import Staff
from doudi.clock.time import CHINA
from doudi.regions.queries import names_of

Row = list[Any]
NOWHERE: Row = ["", "", ""]


@dataclass(frozen=True)
class Line:
    """One row of a ledger: where it belongs, and its values without the running number."""

    village: str
    values: Row


@dataclass(frozen=True)
class Source:
    """Where a ledger's rows come from: the rows in scope, their order, and how they read."""

    rows: Callable[[Staff], QuerySet[Any]]
    order: tuple[str, ...]
    lines: Callable[[Sequence[Any]], list[Line]]


def places(codes: Iterable[str]) -> dict[str, Row]:
    """County, town and village of each code; one query."""
    wanted = {code for code in codes if code}
    lines = {code: [code[:6], code[:9], code] for code in wanted}
    names = names_of({part for line in lines.values() for part in line})
    return {
        code: [names.get(line[0], ""), names.get(line[1], ""), names.get(code, "")]
        if len(code) > 9
        else [names.get(line[0], ""), names.get(line[1], ""), ""]
        for code, line in lines.items()
    }


def day(value: Any) -> str:
    """The day of an instant, here."""
    return value.astimezone(CHINA).date().isoformat() if value else ""


def date(value: Any) -> str:
    """A day as the ledgers write it."""
    return value.isoformat() if value else ""


def minute(value: Any) -> str:
    """An instant to the minute, here."""
    return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}" if value else ""
