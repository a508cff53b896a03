"""The drill of P9 at its smallest: backup, disaster, restore into an empty home, all equal.

Each installation is a home of its own, worked on by the command as an operator types it; the
PostgreSQL drill has a database server of its own and its own tools.
"""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.crash.database import Database
from tests.crash.empty import CityDatabase, home_of, lay_down

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """A home of its own, and the `doudi` command in it."""

    def __init__(self, folder: Path, database: str = "", tools: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.home = folder
        self.environment = home_of(folder, database)
        self.environment["PATH"] = f"{tools}:{os.environ['PATH']}"

    def doudi(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One word of the command; its exit, output and errors."""
        return subprocess.run(
            [sys.executable, "-m", "doudi.commands.main", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office with staff, a picture, a delivery, and a backup of it; its key lies elsewhere."""
    made = Installation(tmp_path_factory.mktemp("office") / "home")
    lay_down(made.home)
    for place in ("uploads/0b5c", "lake/original/ab/file"):
        path = made.home / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(3_000_000))
    assert made.doudi("backup", "--make-key", str(made.home.parent / "key")).returncode == 0
    done = made.doudi("backup", str(made.home.parent / "b1"), "--json")
    assert done.returncode == 0, done.stderr
    return made


def counted(home):
    """Rows of the regions in a home."""
    with closing(sqlite3.connect(home / "doudi.sqlite3")) as base:
        return base.execute("select count(*), sum(length(name)) from regions_region").fetchone()


def test_what_was_backed_up_stands_again_in_an_empty_home(office, tmp_path):
    again, key = Installation(tmp_path / "home"), office.home.parent / "key"

    done = again.doudi("restore", str(office.home.parent / "b1"), "--key", str(key), "--json")

    assert done.returncode == 0, done.stderr
    assert counted(again.home) == counted(office.home)
    for place in ("uploads/0b5c", "lake/original/ab/file"):
        assert (again.home / place).read_bytes() == (office.home / place).read_bytes()
    assert not (again.home / "keys.json").exists()
    assert "bring the keys" in done.stdout
    assert again.doudi("audit", "verify").returncode == 0


def test_a_stolen_backup_says_nothing(office):
    sealed = (office.home.parent / "b1").read_bytes()

    plain = ["汉台区".encode(), b"610702", b"SQLite format 3", b"manifest.json", b"hantai"]

    assert [word for word in plain if word in sealed] == []


def test_another_key_opens_nothing(office, tmp_path):
    thief = Installation(tmp_path / "home")
    (tmp_path / "key").write_text(os.urandom(32).hex())

    done = thief.doudi("restore", str(office.home.parent / "b1"), "--key", str(tmp_path / "key"))

    assert (done.returncode, "the seal does not hold" in done.stderr) == (1, True)
    with closing(sqlite3.connect(thief.home / "doudi.sqlite3")) as base:
        assert base.execute("select count(*) from sqlite_master").fetchone() == (0,)


def test_a_restore_never_falls_on_what_is_there(office):
    key = office.home.parent / "key"

    done = office.doudi("restore", str(office.home.parent / "b1"), "--key", str(key))

    assert (done.returncode, "empty DOUDI_HOME" in done.stderr) == (1, True)


def test_a_backup_never_replaces_another(office):
    done = office.doudi("backup", str(office.home.parent / "b1"))

    assert (done.returncode, "there already" in done.stderr) == (1, True)


def test_without_a_key_there_is_no_backup(tmp_path):
    fresh = Installation(tmp_path / "home")

    done = fresh.doudi("backup", str(tmp_path / "b"))

    assert (done.returncode, "--make-key" in done.stderr) == (1, True)
    assert not (tmp_path / "b").exists()


def test_a_restored_postgresql_holds_the_rows_from_before_the_disaster(office, tmp_path):
    with CityDatabase() as old, Database() as new:
        tools = str(old.server.bin_path)
        before = Installation(tmp_path / "before", old.address, tools)
        lay_down(before.home, old)
        before.doudi("backup", "--make-key", str(tmp_path / "key"))
        made = before.doudi("backup", str(tmp_path / "b"), "--json")
        assert made.returncode == 0, made.stderr
        rows = old.ask(b"select count(*) from regions_region")
        old.tell(b"update regions_region set name = 'x'")

        after = Installation(tmp_path / "after", new.address, tools)
        done = after.doudi("restore", str(tmp_path / "b"), "--key", str(tmp_path / "key"), "--json")

        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout.splitlines()[0])["rows"] == json.loads(made.stdout)["rows"]
        assert new.ask(b"select count(*) from regions_region where name <> 'x'") == rows
