"""Every promise of this table fails when its mechanism is taken away: its green means something."""

import pytest

from tests.controls.shown import SHOWN_BY, without
from tests.controls.without import WITHOUT


def test_every_promise_that_is_shown_has_its_control():
    assert set(SHOWN_BY) == set(WITHOUT)


@pytest.mark.parametrize("promise", sorted(WITHOUT))
def test_every_test_of_the_promise_fails_without_its_mechanism(promise):
    found = without()[promise]

    assert found["failed"] >= len(SHOWN_BY[promise])
    assert (found["passed"], found["error"]) == (0, 0)
