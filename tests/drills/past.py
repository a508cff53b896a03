"""P9 on PostgreSQL: a wrong statement hits every row; the base backup and the archived log bring
back the state of the second before it, row by row.

Control: restored to the end of the log, the disaster is there again.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.crash.database import Database
from tests.crash.empty import CityDatabase
from tests.drills.pair import Node

STATE = (
    b"select md5(string_agg(r.code || r.name, ',' order by r.code)) || count(*)"
    b" || (select max(hash) from audit_head) from regions_region r"
)
DISASTER = b"update regions_region set name = 'x'"


@dataclass(frozen=True)
class Past:
    """What stood before, what stands after each of the two restores, and how long one took."""

    before: object
    restored: object
    control: object
    seconds: float


def bring_back() -> Past:
    """An office, a base backup, more work, the second T, the disaster, and two restores."""
    with CityDatabase() as database, _open_folder(database) as place:
        archive = place / "archive"
        _archive_to(database, archive)
        node = Node(place / "past", Path(database.server.bin_path), database.server.system_user)
        base = ["-D", str(place / "base"), "-d", database.address, "-X", "none", "-c", "fast"]
        node.tool("pg_basebackup", *base)
        database.tell(b"update regions_region set name = name || '*' where code like '6107%'")
        before = database.ask(STATE)
        moment = str(database.ask(b"select clock_timestamp()"))
        time.sleep(0.1)
        database.tell(DISASTER)
        database.ask(b"select pg_switch_wal()")
        _until_archived(database)
        began = time.monotonic()
        restored = _restore(node, place / "base", archive, f"recovery_target_time = '{moment}'")
        seconds = time.monotonic() - began
        control = _restore(node, place / "base", archive, "")
    return Past(before, restored, control, seconds)


@contextmanager
def _open_folder(database: Database) -> Iterator[Path]:
    """A folder that the server's own user may write."""
    place = Path(tempfile.mkdtemp(prefix="doudi-past-"))
    if database.server.system_user:
        shutil.chown(place, database.server.system_user)
    yield place
    shutil.rmtree(place, ignore_errors=True)


def _archive_to(database: Database, archive: Path) -> None:
    archive.mkdir()
    if database.server.system_user:
        shutil.chown(archive, database.server.system_user)
    database.tell(b"alter system set archive_mode = 'on'")
    copy = f"test ! -f {archive}/%f && cp %p {archive}/%f"
    database.tell(f"alter system set archive_command = '{copy}'".encode())
    database.kill()
    database.start()


def _until_archived(database: Database) -> None:
    wanted = b"select last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 1)"
    until = time.monotonic() + 30
    while not database.ask(wanted + b" from pg_stat_archiver"):
        if time.monotonic() > until:
            raise TimeoutError("the log was not archived")
        time.sleep(0.1)


def _restore(node: Node, base: Path, archive: Path, target: str) -> object:
    """A server from the base backup that replays the log; its state when it takes writes."""
    shutil.rmtree(node.folder, ignore_errors=True)
    shutil.copytree(base, node.folder)
    (node.folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
    with (node.folder / "postgresql.auto.conf").open("a") as conf:
        conf.write(f"archive_mode = 'off'\nrestore_command = 'cp {archive}/%f %p'\n")
        conf.write(f"{target}\nrecovery_target_action = 'promote'\n")
    (node.folder / "recovery.signal").touch()
    for path in [node.folder, *node.folder.rglob("*")]:
        if node.user:
            shutil.chown(path, node.user)
    node.start()
    while node.ask(b"select pg_is_in_recovery()"):
        time.sleep(0.05)
    state = node.ask(STATE)
    node.control("-m", "immediate", "stop")
    return state
