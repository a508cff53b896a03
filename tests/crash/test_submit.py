"""200 kills while people press "submit": nothing acknowledged is lost or doubled (P1).

Workers and the whole web server die, on PostgreSQL the whole database server too; `make promises`
does the same with 1,000 kills. test_controls.py shows that a loss would be seen.
"""

import os

import pytest

from tests.crash.empty import CityDatabase
from tests.crash.harness import Mixture
from tests.crash.rounds import bad, report, survive

pytestmark = pytest.mark.crash
KILLS = int(os.environ.get("DOUDI_TEST_KILLS", "200"))
SEED = 7
# A master's start costs seconds of CPU: in the ordinary run fewer of them die than in the long one,
# and less is applied for between two kills.
MIXTURE = Mixture(worker=84, master=6, pause=(0.02, 0.15))


def _assert_nothing_lost(outcome, found) -> None:
    figures = report(outcome, found)
    print(figures)
    assert outcome.kills.total() == KILLS, figures
    assert outcome.idle == 0, f"too few drafts, the last kills hit nobody's press: {figures}"
    assert found["acknowledged"] >= KILLS // 10, f"too few presses came through: {figures}"
    assert bad(outcome, found) == 0, figures
    assert outcome.refusals == [], outcome.refusals[:5]
    assert found["events"] == found["applications"], figures
    assert found["journal_breaks"] == 0, figures


def test_no_acknowledged_application_is_lost_on_sqlite(tmp_path):
    outcome, found = survive(tmp_path, kills=KILLS, drafts=4 * KILLS, seed=SEED, mixture=MIXTURE)

    assert set(outcome.kills) == {"worker", "master"}
    _assert_nothing_lost(outcome, found)


def test_no_acknowledged_application_is_lost_on_postgresql(tmp_path):
    with CityDatabase() as database:
        outcome, found = survive(
            tmp_path,
            kills=KILLS,
            drafts=3 * KILLS,
            seed=SEED,
            database=database,
            mixture=MIXTURE,
        )

    assert set(outcome.kills) == {"worker", "master", "database"}
    _assert_nothing_lost(outcome, found)
