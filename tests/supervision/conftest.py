"""Cases that a town confirmed, and the county that looks at them afterwards."""

from types import SimpleNamespace

import pytest

from doudi.accounts.permissions import Role
from tests.factories.cases import case_at, staff


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


@pytest.fixture
def confirmed(clock, city):
    """The Ren family, confirmed in May 2022."""
    return case_at("confirmed", clock)
