"""A clerk at the door, with password and second factor; a demonstration when asked for."""

import pytest
from django.core.cache import cache

from doudi.accounts.figures.totp import code_at, step_at
from doudi.accounts.models import Staff
from doudi.clock.demo_mark import mark_demo
from doudi.clock.time import now, real_now
from tests.accounts.conftest import PASSWORD, admin, clerk, invited

__all__ = ["admin", "clerk", "invited"]


@pytest.fixture(autouse=True)
def _no_memory_of_other_tests():
    cache.clear()


@pytest.fixture
def demo(db):
    """The database is a demonstration."""
    mark_demo(7, "0.01", now())


def code_of(account, steps=0):
    """The six digits that the account's app shows now."""
    secret = Staff.objects.get(account=account).totp_secret.open()
    return code_at(secret, step_at(real_now()) + steps)


def try_password(client, account="qili.clerk", password=PASSWORD, **more):
    """The first step of signing in."""
    return client.post("/sign-in/", {"account": account, "password": password, **more})


@pytest.fixture
def signed_in(client, clerk, clock):
    """A browser in which the clerk has passed both factors."""
    clock.shift(60)
    try_password(client)
    client.post("/sign-in/code/", {"code": code_of("qili.clerk")})
    return client
