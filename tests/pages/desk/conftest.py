"""Officers in front of the desk: signed in as the gate signs them in."""

from collections.abc import Callable

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from doudi.accounts.actions.open_session import open_session
from doudi.accounts.models import Staff
from doudi.clock.time import now, real_now
from tests.factories.cases import Office, office

SignIn = Callable[[Staff], Client]


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """Gives a browser in which the officer is signed in with both factors."""

    def at_the_desk(staff: Staff) -> Client:
        client = Client(raise_request_exception=True)
        session = client.session
        session[SESSION_KEY] = str(staff.pk)
        session[BACKEND_SESSION_KEY] = "doudi.gate.sessions.StaffBackend"
        session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
        session["mark"] = open_session(staff, at=now())
        session["seen"] = real_now().timestamp()
        session.save()
        return client

    return at_the_desk


@pytest.fixture
def town(city: None) -> Office:
    """Clerk, reviewer and head of Qili."""
    return office()
