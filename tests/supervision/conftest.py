"""Cases that a town confirmed, and the county that looks at them afterwards."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from doudi.accounts.permissions import Role
from doudi.cases.models import Case
from doudi.clock.time import now
from tests.factories.cases import case_at, staff
from tests.house.conftest import stood_up


@pytest.fixture
def county(city):
    """Two officers of the county of the case, the neighbour's, the city's, and the auditor."""
    return SimpleNamespace(
        first=staff("hantai.one", Role.COUNTY_OFFICER, "610702", "何一"),
        second=staff("hantai.two", Role.COUNTY_OFFICER, "610702", "何二"),
        other=staff("mian.one", Role.COUNTY_OFFICER, "610725", "马一"),
        bureau=staff("city.one", Role.CITY_OFFICER, "610700", "市一"),
        head=staff("qili.other", Role.TOWN_HEAD, "610702008", "孙头"),
    )


@pytest.fixture(scope="module")
def stood(django_db_setup: None, django_db_blocker: Any, keys: None) -> Iterator[Any]:
    """The Ren family, confirmed in May 2022; built once a file, rolled back at its end."""

    def stage(clock: Any) -> Any:
        case = case_at("confirmed", clock)
        return SimpleNamespace(case=case.pk, at=now())

    with stood_up(django_db_blocker, stage) as built:
        yield built


@pytest.fixture
def confirmed(stood, db, clock):
    """The case, fresh for each test, at the hour when it was confirmed."""
    clock.move_to(stood.at)
    return Case.objects.get(pk=stood.case)
