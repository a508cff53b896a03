"""People at work: a security administrator in the city, a clerk in Qili."""

import datetime as dt

import pytest

from doudi.accounts.actions.accept_invitation import accept_invitation
from doudi.accounts.actions.add_staff import add_staff
from doudi.accounts.figures.totp import code_at, step_at
from doudi.accounts.models import Invitation, Staff
from doudi.audit.actor import SYSTEM
from doudi.clock.time import now

QILI = "610702008000"
CITY = "610700000000"
PASSWORD = "a long quiet river"


@pytest.fixture
def admin(city: None, clock: object) -> Staff:
    """The security administrator of the city."""
    return add_staff("admin", "孙管理", posts=[("security_admin", CITY)], by=SYSTEM, at=now())[0]


@pytest.fixture
def invited(admin: Staff) -> tuple[Staff, str]:
    """A clerk of Qili who has not opened his link yet, and the link's token."""
    return add_staff("qili.clerk", "李经办", posts=[("town_clerk", QILI)], by=admin, at=now())


@pytest.fixture
def clerk(invited: tuple[Staff, str]) -> Staff:
    """The clerk, ready to sign in."""
    staff, token = invited
    secret = Invitation.objects.get(staff=staff).totp_secret.open()
    return accept_invitation(token, PASSWORD, code_at(secret, step_at(now())), now())


def later(**parts: int) -> dt.datetime:
    """The shown instant plus so much."""
    return now() + dt.timedelta(**parts)
