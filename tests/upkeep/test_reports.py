"""What a household reports and the town wants looked at becomes a re-check of its award, once."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.clock.time import now
from doudi.outbox.deliver import deliver_all
from doudi.redress.actions.answer_change import answer_change
from doudi.redress.actions.report_change import Change, report_change
from doudi.upkeep.models import Recheck
from tests.factories.cases import case_at, staff

pytestmark = pytest.mark.django_db
OWNER = Actor("citizen", "1", "")


@pytest.mark.parametrize(("outcome", "opened"), [("recheck", 1), ("noted", 0)])
def test_a_report_that_asks_for_a_recheck_opens_one(outcome, opened, city, clock):
    case = case_at("confirmed", clock)
    told = report_change(case.pk, Change("income", "找到了工作"), by=OWNER, at=now())
    clerk = staff("r.clerk", Role.TOWN_CLERK, case.town)

    answer_change(told.pk, outcome, "已上门了解情况，户主说上月找到了工作", by=clerk, at=now())
    deliver_all()

    rows = list(Recheck.objects.values_list("call", "due_on"))
    assert rows == [("report", dt.date(2022, 6, 30))] * opened
