"""A pytest plugin: the tests of each promise run in a fork in which its mechanism is gone.

One process collects them all and stands the database up; a fork per promise then costs no start.
"""

import json
import os
from collections import Counter

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections

from tests.controls.shown import SHOWN_BY, TOLD
from tests.controls.without import WITHOUT

CITY = "tests/controls/city.py"


def _named(tests: list[str], items: list[pytest.Item]) -> list[pytest.Item]:
    """The items that are meant: a name without brackets means all of its values."""
    return [i for i in items if i.nodeid in tests or i.nodeid.partition("[")[0] in tests]


def _counts(items: list[pytest.Item], after: pytest.Item) -> Counter[str]:
    """Runs the tests one after the other; what stands for the whole session is kept."""
    found = Counter(passed=0, failed=0, error=0)
    for item, following in zip(items, [*items[1:], after], strict=True):
        for report in runtestprotocol(item, log=False, nextitem=following):
            if report.when == "call":
                found[report.outcome] += 1
            elif report.failed:
                found["error"] += 1
    return found


def _in_a_fork(promise: str, items: list[pytest.Item], after: pytest.Item) -> dict[str, int]:
    """The counts of a child in which the mechanism is taken away; it writes them to a pipe."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            WITHOUT[promise]()
            os.write(writing, json.dumps(_counts(items, after)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return json.loads(told) if told else {"passed": 0, "failed": 0, "error": len(items)}


def pytest_runtestloop(session: pytest.Session) -> bool:
    """The database first; then promise after promise."""
    city = next(item for item in session.items if item.nodeid.startswith(CITY))
    groups = {p: _named(shown, session.items) for p, shown in SHOWN_BY.items()}
    elsewhere = groups["P4"][0]  # so that nothing but the session's own stays set up
    runtestprotocol(city, log=False, nextitem=elsewhere)
    connections.close_all()
    found = {p: _in_a_fork(p, items, city) for p, items in groups.items()}
    print(TOLD + json.dumps(found))
    return True
