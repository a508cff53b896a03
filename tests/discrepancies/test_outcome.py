"""What comparisons led to: who left, what is saved, and the list behind each number."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.clock.time import now
from doudi.discrepancies.models import Inquiry
from doudi.discrepancies.queries import inquiries
from doudi.discrepancies.worklist import outcome
from doudi.upkeep.actions.answer_proposal import answer_proposal
from doudi.upkeep.actions.decide_proposal import decide_proposal
from doudi.upkeep.actions.record_recheck import Seen, record_recheck
from doudi.upkeep.models import Proposal, Recheck
from doudi.upkeep.parts import Asked, plan_of
from tests.benefits.running import COUNTY, award
from tests.discrepancies.test_inquiries import clerk, end, taken
from tests.factories.cases import staff
from tests.house.scene import browser_of
from tests.upkeep.test_changes import hands

__all__ = ["clerk", "hands"]
pytestmark = pytest.mark.django_db
A_YEAR = dt.timedelta(days=366)


def rechecked(running, hands, outcome_: str, kind: str, fen: int | None) -> Proposal:
    """The re-check that an inquiry called ends so, and the town head agrees."""
    asked = Asked("2022-07") if fen is None else Asked("2022-07", fen, 0)
    plan = plan_of(running, kind, asked, now())
    seen = Seen(dt.date(2022, 5, 9), outcome_, "查过，确实变了", plan=plan)
    call = Recheck.objects.get(award=running, done_at=None)
    made = record_recheck(call.pk, seen, by=hands["clerk"], at=now()).proposal
    if made.answer_by_on:
        answer_proposal(made.pk, "知道了", by=hands["clerk"], at=now())
    return decide_proposal(made.pk, agree=True, why="同意", by=hands["head"], at=now())


@pytest.fixture
def three(city, clerk, hands):
    """One household left, one is paid less, one left and was restored after its appeal."""
    made = []
    for place in range(3):
        running = award(fen=50_000)
        end(taken(running, clerk, "W1"), "confirmed", clerk)
        if place == 1:
            rechecked(running, hands, "cut", "adjust", 30_000)
        else:
            rechecked(running, hands, "stop", "stop", None)
        made.append(running)
    stopped = Proposal.objects.get(award=made[2])
    stopped.pk, stopped.kind, stopped.origin, stopped.decided_at = None, "restore", "appeal", now()
    stopped.decided_at += dt.timedelta(days=3)
    Proposal.objects.bulk_create([stopped])
    return made


def test_leavers_and_savings_count_what_people_decided_and_no_appeal_took_back(three, hands):
    told = outcome(inquiries(hands["county"]), now() - A_YEAR)
    later = outcome(inquiries(hands["county"]), now() + dt.timedelta(days=1))
    elsewhere = outcome(inquiries(staff("far", Role.COUNTY_OFFICER, "610722")), now() - A_YEAR)

    assert told.households == {"left": 1, "cut": 1, "raised": 0}
    assert (told.less_fen, told.more_fen, told.year_fen) == (70_000, 0, 840_000)
    assert [sum(o.households.values()) for o in (later, elsewhere)] == [0, 0]


def test_the_centre_shows_the_outcome_and_each_number_opens_its_inquiries(three):
    county = browser_of(staff("c.out", Role.COUNTY_OFFICER, COUNTY))

    page = county.get("/desk/centre/").content.decode()
    lists = [
        county.get(f"/desk/inquiries/?which=closed&effect={effect}").content.decode()
        for effect in ("left", "cut", "raised")
    ]

    assert ("<b>1</b>户退出" in page, "700.00 元" in page, "8,400.00 元" in page) == (True,) * 3
    numbers = [Inquiry.objects.get(household_id=one.household_id).number for one in three]
    shown = [[number in found for number in numbers] for found in lists]
    assert shown == [[True, False, False], [False, True, False], [False, False, False]]
