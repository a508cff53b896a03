"""A confirmed case, built once a file, and the auditor who asks how it came about."""

from collections.abc import Iterator
from typing import Any

import pytest

from doudi.accounts.permissions import Role
from doudi.cases.models import Case
from doudi.clock.time import now
from tests.factories.cases import case_at, staff
from tests.house.conftest import stood_up
from tests.house.scene import Scene, browser_of, declared


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any, keys: None) -> Iterator[Scene]:
    """The Ren family, confirmed in May 2022; rolled back at the end of the file."""

    def stage(clock: Any) -> Scene:
        declaration = declared()
        return Scene(case_at("confirmed", clock, declaration), declaration, {}, now())

    with stood_up(django_db_blocker, stage) as scene:
        yield scene


@pytest.fixture
def confirmed(built: Scene, db: None, clock: Any) -> Case:
    """The case, fresh for each test, at the hour when it was confirmed."""
    clock.move_to(built.at)
    return Case.objects.get(pk=built.case.pk)


@pytest.fixture
def auditor(built: Scene, db: None) -> Any:
    """The city's auditor."""
    return staff("city.auditor", Role.AUDITOR, "610700", "审一")


@pytest.fixture
def desk(confirmed: Case, auditor: Any) -> Any:
    """The auditor's browser."""
    return browser_of(auditor)
