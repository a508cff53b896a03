"""The town's three people, and the pages of a finished job."""

import pytest

from tests.factories.cases import demo_database, office


@pytest.fixture
def town(city):
    """Clerk, reviewer and head of Qili."""
    demo_database()
    return office()
