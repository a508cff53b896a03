"""The database as one file, and its figures at the very moment of that file."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

Figures = dict[str, int]  # table -> rows
COUNT = 'SELECT count(*) FROM "{}"'  # table names come from the database itself


class BackupRefused(Exception):
    """Why nothing was made or restored, in a sentence for the operator."""


def dump(target: Path) -> Figures:
    """Writes the whole database to `target` while others go on working; its rows by table."""
    return _dump_sqlite(target) if connection.vendor == "sqlite" else _dump_postgresql(target)


def load(source: Path) -> Figures:
    """Puts a dump into the empty database of the settings; what then stands in it, by table."""
    if connection.vendor == "sqlite":
        connection.close()
        source.replace(settings.DATABASES["default"]["NAME"])
    else:
        where = ["--dbname", _database()["NAME"], "--single-transaction", "--exit-on-error"]
        _run("pg_restore", "--no-owner", "--no-privileges", *where, str(source))
    with connection.cursor() as cursor:
        return _figures(cursor.execute, cursor.fetchall)


def is_empty() -> bool:
    """Whether no table stands in the database yet."""
    return not connection.introspection.table_names()


def _dump_sqlite(target: Path) -> Figures:
    # VACUUM INTO reads one state of the database; writers go on meanwhile.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    with closing(sqlite3.connect(target)) as copy:
        reader = copy.cursor()
        return _figures(reader.execute, reader.fetchall)


def _dump_postgresql(target: Path) -> Figures:
    """pg_dump reads the state that this transaction counted."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run(
            "pg_dump", "--format=custom", "--compress=0", f"--snapshot={snapshot}",
            "--file", str(target), _database()["NAME"],
        )  # fmt: skip
        return _figures(cursor.execute, cursor.fetchall)


def _figures(execute: Callable[[str], Any], fetchall: Callable[[], list]) -> Figures:
    execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        if connection.vendor == "sqlite"
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    tables = sorted(name for (name,) in fetchall())
    counted = {}
    for table in tables:
        execute(COUNT.format(table))
        counted[table] = fetchall()[0][0]
    return counted


def _database() -> dict[str, Any]:
    return settings.DATABASES["default"]


def _run(tool: str, *words: str) -> None:
    """One of PostgreSQL's own tools, on the database of the settings."""
    program = shutil.which(tool)
    if program is None:
        raise BackupRefused(f"{tool} is not installed: it comes with PostgreSQL's client package")
    about = _database()
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    told = {name: str(about[key]) for name, key in names.items() if about.get(key)}
    done = subprocess.run(  # noqa: S603  a tool of the database, words of our own
        [program, *words], env=os.environ | told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupRefused(f"{tool} failed: {done.stderr.strip()[-400:]}")
