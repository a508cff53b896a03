"""The negative controls of P1: where the mechanism is taken away, the harness must see losses."""

import os
import subprocess

import pytest

from tests.crash.empty import CityDatabase
from tests.crash.rounds import bad, report, too_early, unflushed

pytestmark = pytest.mark.crash
SEED = 7


def test_a_server_that_acknowledges_before_it_commits_is_caught(tmp_path):
    outcome, found = too_early(tmp_path, seed=SEED)

    assert found["acknowledged"] > 0
    assert bad(outcome, found) > 0, report(outcome, found)


def test_a_commit_that_does_not_wait_for_the_disk_is_caught(tmp_path):
    with CityDatabase() as database:
        outcome, found = unflushed(tmp_path, database, seed=SEED)

    assert outcome.kills["database"] > 0
    assert found["lost"] > 0, report(outcome, found)


def test_a_killed_database_comes_back_with_what_it_had():
    with CityDatabase() as database:
        database.tell(b"create table kept (n integer)")
        for _ in range(3):
            database.tell(b"insert into kept values (1)")
            database.kill()
            assert database.processes() == []
            database.start()

        assert database.ask(b"select sum(n) from kept") == 3
    assert database.processes() == []


def test_a_lock_file_stays_while_its_owner_lives():
    with CityDatabase() as database:
        with pytest.raises(RuntimeError, match="which is alive"):
            database.start()

        assert (database.folder / "postmaster.pid").exists()


def test_a_database_that_does_not_come_back_says_why():
    with CityDatabase() as database:
        database.kill()
        (database.folder / "postgresql.conf").write_text("no_such_setting = 1\n")

        with pytest.raises(TimeoutError, match="no_such_setting"):
            database.start()


def test_the_kill_reaches_a_backend_that_outlives_its_postmaster():
    with CityDatabase() as database:
        sleeper = subprocess.Popen(["sleep", "60"], cwd=database.folder)
        os.kill(int((database.folder / "postmaster.pid").read_text().split()[0]), 9)

        database.kill()

        assert sleeper.wait(5) == -9
        database.start()
