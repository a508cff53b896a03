"""`doudi demo`: migrates, makes keys and builds the demonstration city on an empty home."""

import argparse
import datetime as dt
import importlib
import os
import time
from typing import TextIO

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from doudi.accounts.models import Staff
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import CHINA, now
from doudi.demo.city import OPENING, build
from doudi.vault.keys import create_keys

ITEMS_FROM, ITEMS_LEAST = 0.1, 0.005  # below it a planted error is more than a contract allows


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 1 with a sentence on a database that holds real data, or a demo already."""
    parser = argparse.ArgumentParser(prog="doudi demo", description=__doc__)
    parser.add_argument("--scale", type=float, default=0.01, help="share of the real size")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--empty", action="store_true", help="regions, staff and pack only")
    parser.add_argument(
        "--items",
        action=argparse.BooleanOptionalAction,
        help=f"the 28 items of all residents (default from --scale {ITEMS_FROM} on)",
    )
    parser.add_argument("--opening", help="where the clock of an empty city stands, in China")
    args = parser.parse_args(argv)
    if is_demo():
        stderr.write("doudi demo: a demonstration is here already; remove its home to build anew\n")
        return 1
    if _holds_people():
        stderr.write("doudi demo: this database holds real data; a demonstration needs its own\n")
        return 1
    if not 0 < args.scale <= 1:
        stderr.write("doudi demo: --scale must lie above 0 and not above 1\n")
        return 2
    if args.items and args.scale < ITEMS_LEAST:
        stderr.write(f"doudi demo: --items needs a --scale of {ITEMS_LEAST} at least\n")
        return 2
    _build(args, stdout)
    return 0


def _build(args: argparse.Namespace, stdout: TextIO) -> None:
    began = time.monotonic()

    def tell(line: str) -> None:
        stdout.write(f"demo {time.monotonic() - began:5.1f} s  {line}\n")
        stdout.flush()

    settings.DOUDI_HOME.mkdir(parents=True, exist_ok=True)
    os.umask(0o077)
    tell("tables and keys")
    call_command("migrate", interactive=False, verbosity=0)
    if not settings.DOUDI_KEYS.exists():
        create_keys(settings.DOUDI_KEYS)
    if connection.vendor == "sqlite":
        # While nothing is acknowledged to anybody, speed may come before durability.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    opening = dt.datetime.fromisoformat(args.opening) if args.opening else OPENING
    build(
        scale=args.scale,
        seed=args.seed,
        empty=args.empty,
        tell=tell,
        opening=opening.replace(tzinfo=CHINA),
    )
    if args.items or (args.items is None and args.scale >= ITEMS_FROM and not args.empty):
        # DuckDB and Arrow cost a second to import: only who wants the items pays it.
        importlib.import_module("doudi.demo.lake").build(args.scale, args.seed, tell, now())
    connection.close()
    tell("the city stands at Monday 2022-05-09, 08:00")


def _holds_people() -> bool:
    try:
        return Staff.objects.exists()
    except DatabaseError:
        return False
