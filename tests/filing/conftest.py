"""The town's three people, and the pages of a finished job."""

import pytest

from tests.factories.cases import office


@pytest.fixture
def town(city):
    """Clerk, reviewer and head of Qili."""
    return office()
