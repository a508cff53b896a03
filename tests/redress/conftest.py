"""A refused family, the county that hears it, and the officers beside and above."""

import pytest

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.cases.models import Case
from tests.factories.cases import case_at, staff

WORDS = "我家的收入没有那么多，工资单是去年的，请再看一次。"
REASONS = "经核实，收入按最近一年计算，原核定有误，请重新核定。"


@pytest.fixture
def refused(clock, city) -> Case:
    """The Ren family, refused on 2022-05-09."""
    return case_at("refused", clock)


@pytest.fixture
def county(city) -> Staff:
    """Who answers in the county of the case."""
    return staff("hantai.redress", Role.COUNTY_OFFICER, "610702", "何主任")


@pytest.fixture
def other_county(city) -> Staff:
    """The neighbour county's officer."""
    return staff("mian.redress", Role.COUNTY_OFFICER, "610725", "马主任")


@pytest.fixture
def bureau(city) -> Staff:
    """The city's officer."""
    return staff("city.redress", Role.CITY_OFFICER, "610700", "市局钱科长")


def owner(case: Case) -> Actor:
    """The applicant, by the phone of the application."""
    return Actor("citizen", str(case.application.phone_index), "")
