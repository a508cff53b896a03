"""The clerk whose batches these are, and a worker that takes small steps."""

import pytest

from doudi.accounts.permissions import Role
from doudi.people.actions import move_pieces as pieces
from doudi.people.actions.work_imports import TURNS
from tests.factories.cases import TOWN, demo_database, staff


@pytest.fixture
def clerk(city):
    """The clerk of Qili, on a demonstration."""
    demo_database()
    TURNS.forget()
    return staff("clerk", Role.TOWN_CLERK, TOWN)


@pytest.fixture
def by_households(monkeypatch):
    """One household a piece."""
    monkeypatch.setattr(pieces, "PIECE", 1)
