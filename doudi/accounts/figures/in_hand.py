"""Open work in somebody's hands: every room names its tables, one union reads them all."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

Label = str | tuple[str, ...]


@dataclass(frozen=True)
class InHand:
    """`place` is a town or county, "" where the work goes with the person; `due` may be open."""

    kind: str
    ref: str
    owner: str
    label: str
    place: str
    due: dt.date | None = None


@dataclass(frozen=True)
class OpenTable:
    """One table's open rows, and the columns that say whose each is, how it is called, where, when.

    Without `place` the work goes with the person; without `due` it has no last day. Of a label
    of several columns `said` makes the words.
    """

    kind: str
    rows: QuerySet[Any, Any]
    owner: str
    label: Label
    place: str = ""
    due: str = ""
    said: Callable[[Any], Any] = str

    def as_json(self) -> QuerySet[Any, Any]:
        """Kind and row: JSON, so that different tables can be joined."""
        label = F(self.label) if isinstance(self.label, str) else _object(self.label)
        columns: dict[str, Any] = {"ref": F("pk"), "owner": F(self.owner), "label": label}
        columns |= {n: F(at) for n, at in (("place", self.place), ("due", self.due)) if at}
        return self.rows.order_by().values_list(Value(self.kind), JSONObject(**columns))


def _object(names: Iterable[str]) -> JSONObject:
    return JSONObject(**{name: name for name in names})


def read(tables: Iterable[OpenTable]) -> list[InHand]:
    """Every piece of these tables; one query."""
    by_kind = {table.kind: table for table in tables}
    first, *others = (table.as_json() for table in by_kind.values())
    return [
        InHand(
            kind,
            _key(row["ref"]),
            _key(row["owner"]),
            by_kind[kind].said(row["label"]),
            row.get("place", ""),
            dt.date.fromisoformat(row["due"]) if row.get("due") else None,
        )
        for kind, row in first.union(*others, all=True)
    ]


def _key(text: str) -> str:
    """A key as Python writes it: SQLite keeps it without its strokes."""
    return str(UUID(text)) if text else ""
