"""A state of the database that was built once in this process and is laid down again.

Every test of a case starts from the same family at the same minute; building it by the real
actions costs a fifth of a second, laying its rows down again a hundredth. Only empty rooms are
filled this way, and only inside a test's own transaction, which is rolled back.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from doudi.accounts.models import Staff
from doudi.audit.models import Head
from doudi.benefits.models import Award
from doudi.clock.time import now
from doudi.people.models import Person

STANDING = {"regions_region", "django_content_type", "auth_permission", "django_migrations"}
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class State:
    """Table -> its columns and rows, the result's key, and when the clock stood there."""

    tables: dict[str, tuple[list[str], Rows]]
    result: Any
    at: dt.datetime


KEPT: dict[tuple[Any, ...], State] = {}


def kept(
    key: tuple[Any, ...], clock: Any, build: Callable[[], Any], rooms: tuple[str, ...] = ()
) -> Any:
    """What `build` returns: a key of what it made. Built the first time, laid down afterwards.

    `rooms` are those that `build` fills, all of them unless told.
    """
    key = (*key, now())
    if not connection.in_atomic_block or not _empty(rooms):
        return build()
    if key not in KEPT:
        result = build()
        KEPT[key] = State(_tables(rooms), result, now())
        return result
    state = KEPT[key]
    for table, (columns, rows) in state.tables.items():
        _lay_down(table, columns, rows)
    if clock is not None and now() != state.at:
        clock.move_to(state.at)
    return state.result


def _empty(rooms: tuple[str, ...]) -> bool:
    """Whoever works leaves a trace; whoever is in benefit is a person."""
    told = (Person, Award) if rooms else (Staff, Head)
    return not any(model.objects.exists() for model in told)


def _tables(rooms: tuple[str, ...]) -> dict[str, tuple[list[str], Rows]]:
    found = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.db_table in STANDING or (rooms and meta.app_label not in rooms):
            continue
        columns = [f.column for f in meta.local_concrete_fields if not f.generated]
        rows = _rows(meta.db_table, columns)
        if rows:
            found[meta.db_table] = (columns, rows)
    return found


def _rows(table: str, columns: list[str]) -> Rows:
    """As they are stored: `+` takes away the declared type by which SQLite's values are read."""
    plus = "+" if connection.vendor == "sqlite" else ""
    words = ", ".join(f'{plus}"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {words} FROM "{table}"')  # noqa: S608  our own tables
        return cursor.fetchall()


def _lay_down(table: str, columns: list[str], rows: Rows) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    holes = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({holes})', rows)  # noqa: S608
