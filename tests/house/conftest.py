"""The scene in which the guards are tried: built once a file, rolled back at its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.db import transaction

from doudi.clock import time as clock_time
from tests.conftest import START
from tests.house.scene import Scene, build


@contextmanager
def stood_up(blocker: Any, stage: Callable[[Any], Scene]) -> Iterator[Scene]:
    """A scene on an empty database, until the block ends; `stage` gets the clock."""
    with blocker.unblock(), time_machine.travel(START, tick=False) as clock:
        clock_time.forget()
        with transaction.atomic():
            yield stage(clock)
            transaction.set_rollback(True)
    clock_time.forget()


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any, keys: None) -> Iterator[Scene]:
    """The family's case while its notice hangs."""
    with stood_up(django_db_blocker, build) as built:
        yield built
