"""Many rows of one table at once, without an object for each; sealed as their fields seal.

What a city takes over or pays in a month are hundreds of thousands of rows: Django's objects and
statements for them cost several times what the database needs. The caller's table stays his own:
he names the columns, every other one gets its default.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from django.db import connection, models

from doudi.vault.fields import BlindIndexField, SealedField
from doudi.vault.index import blind_index
from doudi.vault.seal import seal_bytes

Prepare = Callable[[Any], Any]
PIECE = 1_000
REMEMBERED = 30_000  # days and instants come again and again


def insert_many(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    ignore: bool = False,
) -> None:
    """Rows of values in the order of `names`; IntegrityError as ever, unless asked to `ignore`.

    A row of a table with a sealed field brings its key; a keyed index is worked out unless named.
    """
    work = _Work(model, names)
    prepared = work.prepared(rows)
    with connection.cursor() as cursor:
        while piece := list(islice(prepared, PIECE)):
            if connection.vendor == "sqlite":
                cursor.executemany(work.sql(1, ignore), piece)
            elif ignore:  # a statement a row would cost its server more than the rows do
                cursor.execute(work.sql(len(piece), ignore), list(chain.from_iterable(piece)))
            else:
                _copy(cursor, work.copy, piece)


def _copy(cursor: Any, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Rows as PostgreSQL takes them fastest: no text of a statement that somebody has to parse."""
    with connection.wrap_database_errors, cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)


class _Work:
    """How the values of one table become what the database keeps."""

    def __init__(self, model: type[models.Model], names: Sequence[str]) -> None:
        self.table = model._meta.db_table
        by_name = {field.attname: field for field in model._meta.concrete_fields}
        self.named = [by_name[name] for name in names]
        self.place = {name: n for n, name in enumerate(names)}
        rest = [f for f in by_name.values() if f.attname not in self.place and not _is_given(f)]
        if any(field.primary_key for field in rest):
            raise ValueError("a row brings its own key")
        self.indexed = [f for f in rest if isinstance(f, BlindIndexField) and f.of in self.place]
        others = [f for f in rest if f not in self.indexed]
        self.constants = tuple(_plain(_prepare(f)(f.get_default())) for f in others)
        self.prepare = [_prepare(field) for field in self.named]
        self.sealed = [n for n, f in enumerate(self.named) if isinstance(f, SealedField)]
        fields, quote = [*self.named, *self.indexed, *others], connection.ops.quote_name
        columns = ", ".join(quote(str(field.column)) for field in fields)
        self.into = f"{quote(self.table)} ({columns})"
        self.copy = f"copy {self.into} from stdin"
        self.marks = "(" + ", ".join(["%s"] * len(fields)) + ")"

    def sql(self, rows: int, ignore: bool) -> str:
        """The statement that takes so many rows."""
        ending = " on conflict do nothing" if ignore else ""
        marks = ", ".join([self.marks] * rows)
        return f"insert into {self.into} values {marks}{ending}"  # noqa: S608

    def prepared(self, rows: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
        """Each row as the statement takes it."""
        for row in rows:
            values = [prepare(v) for prepare, v in zip(self.prepare, row, strict=True)]
            for n in self.sealed:
                values[n] = self._seal(self.named[n], row[self.place["id"]], row[n])
            for field in self.indexed:
                plain = row[self.place[field.of]]
                values.append(blind_index(field.kind, plain) if plain else None)
            yield (*values, *self.constants)

    def _seal(self, field: Any, key: Any, plain: Any) -> bytes | None:
        if not plain:
            return None
        text = json.dumps(plain, ensure_ascii=False) if field.as_json else str(plain)
        return seal_bytes(text.encode(), f"{self.table}.{field.column}:{key}")


def _is_given(field: Any) -> bool:
    """Whether the database makes the value itself: a number that counts up."""
    return isinstance(field, models.AutoField)


def _prepare(field: Any) -> Prepare:
    """A value as the database keeps it; what stays as it is passes through."""
    while field.is_relation:
        field = field.target_field
    if isinstance(field, SealedField) or type(field) in PLAIN:
        return _as_it_is
    if isinstance(field, models.UUIDField):
        return _as_it_is if connection.features.has_native_uuid_field else _hex
    if isinstance(field, models.DateField):
        return lru_cache(REMEMBERED)(lambda value: field.get_db_prep_save(value, connection))
    return lambda value: field.get_db_prep_save(value, connection)


PLAIN = frozenset(
    {
        models.CharField,
        models.BigIntegerField,
        models.PositiveIntegerField,
        models.PositiveSmallIntegerField,
        models.BooleanField,
        BlindIndexField,
    }
)


def _plain(value: Any) -> Any:
    """A word of a list as plain text."""
    return str(value) if isinstance(value, str) else value


def _as_it_is(value: Any) -> Any:
    return value


def _hex(value: Any) -> str | None:
    return value.hex if value else None
