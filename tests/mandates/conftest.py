"""A village with its assistant, the town above it, and the neighbours who may see nothing."""

from types import SimpleNamespace

import pytest

from doudi.accounts.permissions import Role
from tests.factories.cases import TOWN, VILLAGE, demo_database, staff


@pytest.fixture
def village(clock, city):
    """The assistant of one village, clerk and reviewer of its town, and two from elsewhere."""
    demo_database()
    return SimpleNamespace(
        helper=staff("qili.helper", Role.VILLAGE_ASSISTANT, VILLAGE, "王协理"),
        clerk=staff("qili.clerk", Role.TOWN_CLERK, TOWN, "李经办"),
        reviewer=staff("qili.review", Role.TOWN_REVIEWER, TOWN, "赵审核"),
        next_door=staff("next.helper", Role.VILLAGE_ASSISTANT, "610702008002", "邻协理"),
        other=staff("mian.clerk", Role.TOWN_CLERK, "610725101", "勉经办"),
    )
