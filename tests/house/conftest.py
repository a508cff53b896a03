"""The scene in which the guards are tried: built once a file, rolled back at its end."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction

from doudi.clock import time as clock_time
from doudi.regions.actions.load_pack import load_pack
from tests.conftest import START
from tests.house.scene import Scene, build


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any, keys: None) -> Iterator[Scene]:
    """A noticed case and everybody who may or may not see it."""
    with django_db_blocker.unblock(), time_machine.travel(START, tick=False) as clock:
        clock_time.forget()
        with transaction.atomic():
            load_pack()
            yield build(clock)
            transaction.set_rollback(True)
    clock_time.forget()


