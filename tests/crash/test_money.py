"""Nobody is paid twice and nobody is forgotten, whoever dies at whatever moment (P2)."""

import pytest

from tests.crash.money import survive

pytestmark = pytest.mark.crash
SEED = 7


def test_three_months_of_killed_workers_pay_everybody_once_to_the_fen(tmp_path):
    found = survive(tmp_path, kills=12, seed=SEED)

    assert found["over"], found
    assert (found["twice"], found["missing"], found["gaps"]) == (0, 0, []), found
    assert (found["difference_fen"], found["entitled_less_paid_fen"]) == (0, 0), found
    assert found["tries"] > found["payments"], "nothing came back"


def test_without_the_constraint_somebody_is_paid_twice_and_the_judge_sees_it(tmp_path):
    found = survive(tmp_path, kills=1, seed=SEED, without=True)

    assert found["twice"] > 0, found
