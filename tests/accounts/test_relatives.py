"""Declared near relatives, found again in a case (DB57 art 11)."""

import pytest

from doudi.accounts.actions.declare_relative import declare_relative
from doudi.accounts.models import Relative
from doudi.accounts.queries import relatives_among
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from doudi.vault.index import blind_index

pytestmark = pytest.mark.django_db
NUMBER = "110101199003074477"


def test_a_declared_relative_is_found_by_the_index_of_his_number(clerk):
    declare_relative(clerk, "李小弟", "兄弟", NUMBER, by=clerk, at=now())

    found = relatives_among([blind_index("id", "11010119900307447７ "), "0" * 32])

    assert [(r.staff, r.relation) for r in found] == [(clerk, "兄弟")]


def test_a_relative_is_declared_once(clerk):
    declare_relative(clerk, "李小弟", "兄弟", NUMBER, by=clerk, at=now())

    with pytest.raises(Conflict):
        declare_relative(clerk, "李小弟", "兄弟", NUMBER, by=clerk, at=now())


def test_a_wrong_number_is_refused(clerk):
    with pytest.raises(Invalid):
        declare_relative(clerk, "李小弟", "兄弟", "110101199003074478", by=clerk, at=now())

    assert not Relative.objects.exists()


def test_nobody_declares_for_a_colleague(admin, clerk):
    with pytest.raises(NotAllowed):
        declare_relative(admin, "孙小弟", "兄弟", NUMBER, by=clerk, at=now())
