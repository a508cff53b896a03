"""A county in benefit, the people behind its rolls, and months taken to a stage by real actions."""

from dataclasses import dataclass
from typing import Any

from doudi.accounts.permissions import Role
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.models import Award, Roll
from doudi.clock.time import now
from tests.factories.awards import in_benefit
from tests.factories.cases import staff

COUNTY, MONTH, NEXT = "610702", "2022-06", "2022-07"
GONE = "6210990000000000000"  # an account that does not exist
GOOD = "6210990000000000012"


@dataclass(frozen=True)
class Hands:
    """Who prepares, who checks, who releases."""

    officer: Any
    checker: Any
    finance: Any


def hands() -> Hands:
    """Two of civil affairs and one of the finance bureau."""
    officer, checker = (staff(name, Role.COUNTY_OFFICER, COUNTY) for name in "oc")
    return Hands(officer, checker, staff("f", Role.COUNTY_FINANCE, COUNTY))


def county(share: float = 0.0004) -> None:
    """Households in benefit, all in one county and all before June."""
    in_benefit(share)
    Award.objects.update(county=COUNTY, town=f"{COUNTY}008", village=f"{COUNTY}008001")


def prepared(by: Hands, month: str = MONTH) -> Roll:
    """A draft."""
    return prepare_roll(COUNTY, month, by=by.officer, at=now())


def released(by: Hands, month: str = MONTH) -> Roll:
    """Prepared, checked and released by three people."""
    roll = prepared(by, month)
    check_roll(roll.pk, version=None, by=by.checker, at=now())
    return release_roll(roll.pk, version=None, by=by.finance, at=now())


def to_account(award: Award, account: str) -> None:
    """The account is another one from now on."""
    award.account = account
    award.save()
