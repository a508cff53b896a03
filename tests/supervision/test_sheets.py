"""Blue, orange, red: a late case is urged, and the town answers once."""

import datetime as dt

import pytest

from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, WrongStage
from doudi.supervision import queries
from doudi.supervision.actions.answer_sheet import answer_sheet
from doudi.supervision.actions.issue_sheet import issue_sheet
from tests.factories.cases import case_at, office

pytestmark = pytest.mark.django_db
URGED = "已超过承诺期限，请说明原因并尽快办结。"
WHY = "入户时家里没人，已约定明天上午。"


@pytest.fixture
def late(clock, city):
    """Accepted in May and left lying until the end of June."""
    case = case_at("accepted", clock)
    clock.shift(dt.timedelta(days=50))
    return case


def test_a_late_case_is_urged_in_blue_then_orange_then_red(late, county):
    colours = []
    for _ in range(4):
        sheet = issue_sheet(late.pk, URGED, by=county.first, at=now())
        answer_sheet(sheet.pk, WHY, by=county.head, at=now())
        colours.append(sheet.colour)

    assert colours == ["blue", "orange", "red", "red"]


def test_a_case_in_time_is_not_urged(clock, city, county):
    case = case_at("accepted", clock)

    with pytest.raises(Invalid):
        issue_sheet(case.pk, URGED, by=county.first, at=now())


def test_a_second_sheet_waits_for_the_answer_to_the_first(late, county):
    issue_sheet(late.pk, URGED, by=county.first, at=now())

    with pytest.raises(Conflict):
        issue_sheet(late.pk, URGED, by=county.second, at=now())


def test_an_answer_is_given_once_and_by_the_town(late, county):
    sheet = issue_sheet(late.pk, URGED, by=county.first, at=now())

    with pytest.raises(NotAllowed):
        answer_sheet(sheet.pk, WHY, by=county.first, at=now())
    answer_sheet(sheet.pk, WHY, by=county.head, at=now())
    with pytest.raises(WrongStage):
        answer_sheet(sheet.pk, WHY, by=office().head, at=now())


def test_the_county_sees_how_late_each_case_is_and_what_hangs(late, county):
    issue_sheet(late.pk, URGED, by=county.first, at=now())

    seen = queries.late_cases(county.first, today())

    assert [row.case.pk for row in seen] == [late.pk]
    assert seen[0].light.days < 0
    assert seen[0].sheet.colour == "blue"
    assert seen[0].next_colour == "orange"
    assert queries.late_cases(county.other, today()) == []
