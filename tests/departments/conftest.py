"""A lake of one's own, and the clerks of two departments."""

from pathlib import Path

import pytest

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.clock.demo_mark import mark_demo
from doudi.clock.time import now
from doudi.departments.actions.seat_clerk import seat_clerk
from tests.factories.cases import staff


@pytest.fixture
def lake(settings, tmp_path, city) -> Path:
    """An empty lake; demo numbers count."""
    settings.DOUDI_LAKE = tmp_path / "lake"
    settings.DOUDI_HOME = tmp_path / "home"
    mark_demo(7, "0", now())
    return settings.DOUDI_LAKE


def clerk(agency: str, account: str) -> Staff:
    """A data clerk who speaks for a department."""
    person = staff(account, Role.DATA_CLERK, "610700")
    seat_clerk(account, agency, by=SYSTEM, at=now())
    return person


@pytest.fixture
def tax(lake) -> Staff:
    """The tax bureau's clerk."""
    return clerk("税务", "tax.data")


@pytest.fixture
def police(lake) -> Staff:
    """Public security's clerk."""
    return clerk("公安", "police.data")
