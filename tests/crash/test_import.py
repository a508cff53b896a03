"""A worker is killed while it takes a workbook in; whoever comes after it finishes, once."""

import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crash.empty import home_of, lay_down, python
from tests.crash.money import Process

pytestmark = pytest.mark.crash
PEOPLE = 8_300  # with three in a household, the last one has two
PATIENCE = 120
BATCH = "select state, share from people_importbatch"
REGISTERS = {
    "people": "select count(*), count(distinct id_index) from people_person",
    "households": "select count(*), count(distinct id) from people_household",
    "members": "select count(*), count(distinct person_id) from people_membership",
}
WAITING = "select count(*) from people_stagedperson"
FINDABLE = "select count(distinct ref) from people_findkey"
ORDERS = "select count(*) from audit_entry where action = 'people.import_taken'"


def ask(folder: Path, question: str) -> tuple[Any, ...]:
    """One row of the killed installation's database."""
    with closing(sqlite3.connect(folder / "doudi.sqlite3", timeout=30)) as database:
        row: tuple[Any, ...] = database.execute(question).fetchone()
    return row


def wait_for(folder: Path, state: str, share: int) -> None:
    """Until the batch stands there, or further."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found, moved = ask(folder, BATCH)
        if found != "taking" or moved >= share:
            assert found == state, found
            return
        time.sleep(0.02)
    raise TimeoutError((folder / "log").read_text()[-2000:])


def test_a_worker_killed_in_the_middle_of_taking_in_leaves_everything_there_once(tmp_path):
    lay_down(tmp_path)
    environment = home_of(tmp_path)
    python("tests.crash.import_worker", str(PEOPLE), environment=environment)
    words = [sys.executable, "-m", "doudi.commands.main", "worker"]
    worker = Process(words, environment, tmp_path / "log")

    try:
        wait_for(tmp_path, "taking", 3_000)
        worker.kill()
        half, _different = ask(tmp_path, REGISTERS["people"])
        assert 0 < half < PEOPLE
        assert ask(tmp_path, WAITING) == (PEOPLE - half,)
        worker.start()
        wait_for(tmp_path, "taken", 10_001)
    finally:
        worker.kill()

    homes = -(-PEOPLE // 3)
    found = {name: ask(tmp_path, question) for name, question in REGISTERS.items()}
    assert found == {
        "people": (PEOPLE, PEOPLE),
        "households": (homes, homes),
        "members": (PEOPLE, PEOPLE),
    }
    assert (ask(tmp_path, WAITING), ask(tmp_path, FINDABLE)) == ((0,), (PEOPLE,))
    assert ask(tmp_path, ORDERS) == (1,)
