"""`doudi check`: everything an operator must know before going live."""

import argparse
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from doudi.clock.demo_mark import is_demo
from doudi.clock.time import real_now
from doudi.commands.backup import PUBLIC
from doudi.policy.pack import load_pack
from doudi.vault.keys import ring

Check = Callable[[], str]


def _secret() -> str:
    return "" if len(settings.SECRET_KEY) >= 40 else "DOUDI_SECRET_KEY is missing or short"


def _keys() -> str:
    path = Path(settings.DOUDI_KEYS)
    if not path.exists():
        return f"there is no key store at {path}: run `doudi init`"
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return f"{path} can be read by others: chmod 600"
    ring()
    return ""


def _durability() -> str:
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            value = cursor.fetchone()[0]
        return "" if value != "off" else "PostgreSQL's synchronous_commit is off"
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    wrong = [f"{n}={found[n]}" for n in wanted if found[n] != wanted[n]]
    return f"SQLite is not durable: {', '.join(wrong)}" if wrong else ""


def _migrations() -> str:
    try:
        call_command("migrate", check_unapplied=True, verbosity=0, plan=True)
    except (CommandError, SystemExit):
        return "migrations are pending: run `doudi init` or `manage.py migrate`"
    return ""


def _pack() -> str:
    pack = load_pack(settings.DOUDI_PACK_DIR)
    left = (pack.calendar.known_until - real_now().date()).days
    return "" if left > 60 else f"the working-day calendar ends in {left} days"


def _debug() -> str:
    return "DOUDI_DEBUG is on" if settings.DEBUG else ""


def _anchors() -> str:
    inside = Path(settings.DOUDI_ANCHORS).is_relative_to(settings.DOUDI_HOME)
    return "the journal's anchors lie in the same home: point DOUDI_ANCHORS elsewhere" * inside


def _backup() -> str:
    there = (Path(settings.DOUDI_HOME) / PUBLIC).exists()
    return "" if there else "there is no backup key: `doudi backup --make-key FILE` makes it"


def _lake() -> str:
    """ID numbers lie there as pseudonyms, originals sealed; names and amounts need the volume."""
    if settings.DOUDI_LAKE_SEALED or _on_crypt(Path(settings.DOUDI_LAKE)):
        return ""
    return "the lake's volume is not encrypted (dm-crypt not seen): move it, or DOUDI_LAKE_SEALED=1"


def _on_crypt(path: Path) -> bool:
    while not path.exists():
        path = path.parent
    device = path.stat().st_dev
    about = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}/dm/uuid")
    return about.exists() and about.read_text().startswith("CRYPT-")


def _demo() -> str:
    return "this is a demonstration, not an office" if is_demo() else ""


CHECKS: dict[str, Check] = {
    "secret": _secret,
    "keys": _keys,
    "durability": _durability,
    "migrations": _migrations,
    "pack": _pack,
    "debug": _debug,
    "anchors": _anchors,
    "backup": _backup,
    "lake": _lake,
    "demo": _demo,
}


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 when nothing stands against going live, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="doudi check", description=__doc__)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    found = {name: check() for name, check in CHECKS.items()}
    if args.json:
        stdout.write(json.dumps(found) + "\n")
    else:
        for name, problem in found.items():
            stdout.write(f"{'■' if problem else '●'} {name:<12} {problem or 'good'}\n")
    return 1 if any(found.values()) else 0
