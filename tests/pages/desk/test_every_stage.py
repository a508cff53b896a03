"""Every tab and every form of a case opens at every stage, masked, for each officer."""

import pytest

from doudi.cases.flow import Stage
from doudi.demo.play import STEPS
from doudi.desk.acts import ACTS
from doudi.desk.tabs import TABS
from tests.factories.cases import NUMBERS, case_at

pytestmark = pytest.mark.django_db
SECRETS = ("任建明", "周玉兰", "任小雪", "12900000001", "6210990000000000012", *NUMBERS.values())
OFFICERS = ("clerk", "reviewer", "head")


@pytest.mark.parametrize("goal", STEPS)
def test_every_page_of_a_case_opens_and_shows_nothing_unmasked(goal, clock, town, sign_in):
    case = case_at(goal, clock)

    pages = [
        browser.get(f"/desk/cases/{case.pk}/{page}")
        for browser in [sign_in(getattr(town, name)) for name in OFFICERS]
        for page in (
            *(f"?tab={tab.key}" for tab in TABS),
            *(f"act/{verb}/" for verb in ACTS),
            "assess/",
            "assess/?deduct=0&p=borderline",
        )
    ]

    assert {page.status_code for page in pages} <= {200, 403, 409}
    leaks = {s for s in SECRETS for page in pages if s in page.content.decode()}
    assert leaks == set()


def test_the_stages_of_the_play_cover_the_stages_of_the_flow():
    assert {"visited", *Stage} - {"visited"} <= set(STEPS) | {"submitted"}
