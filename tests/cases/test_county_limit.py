"""The county's limit of temporary aid: above it a conference comes before any signature (R10)."""

import datetime as dt

import pytest

from doudi.cases.actions.call_conference import Call, call_conference
from doudi.cases.actions.confirm import confirm
from doudi.cases.actions.record_conference import Talk, record_conference
from doudi.cases.models import Assessment, Conference, YearWord
from doudi.clock.time import now, today
from doudi.kernel.errors import Missing
from tests.cases.test_given_once import rich_but_struck
from tests.factories.cases import case_at, office

pytestmark = pytest.mark.django_db
LIMIT = 20_000_00
THREE = ("镇民政办 王一", "镇卫生院 李二", "县民政局 张三")


@pytest.fixture
def noticed(clock, city):
    """Temporary aid whose notice is over."""
    case = case_at("noticed", clock, rich_but_struck())
    clock.shift(dt.timedelta(days=9))
    # The county has agreed to more than the year's for the cause: another limit, another word.
    word = {"by_id": "1", "by_name": "县民政", "text": "县局同意超过年上限。"}
    YearWord.objects.create(case=case, at=now(), **word)
    return case


def met(case, *, participants=THREE, **told):
    """A conference on the case, called and written down."""
    call = Call(today(), "15:00", "二楼会议室", "王一", THREE, "超过县限额的临时救助给不给。")
    reviewer, votes = office().reviewer, {"agree": len(participants), "advice": "grant"} | told
    call_conference(case.pk, call, version=None, by=reviewer, at=now())
    talk = Talk(today(), participants, "看了票据和家里情况。", proposal="按票据给。", **votes)
    record_conference(case.pk, talk, version=None, by=reviewer, at=now())


def confirmed(case):
    """By the head."""
    return confirm(case.pk, version=None, by=office().head, at=now())


def test_up_to_the_fen_of_the_limit_no_conference_is_needed(noticed):
    Assessment.objects.update(once_fen=LIMIT)

    assert confirmed(noticed).once_fen == LIMIT


def test_a_fen_more_is_confirmed_only_after_a_conference_that_proposes_it(noticed):
    Assessment.objects.update(once_fen=LIMIT + 1)
    with pytest.raises(Missing, match="超过县（区）审批限额20,000.00元"):
        confirmed(noticed)

    met(noticed)

    assert confirmed(noticed).once_fen == LIMIT + 1


@pytest.mark.parametrize(
    "told",
    [
        {"participants": THREE[:2]},  # no quorum
        {"agree": 1, "disagree": 2},
        {"advice": "more"},
        {"advice": "refuse"},
    ],
)
def test_a_conference_that_is_not_carried_or_proposes_something_else_opens_nothing(noticed, told):
    Assessment.objects.update(once_fen=LIMIT + 1)

    met(noticed, **told)

    with pytest.raises(Missing, match="一事一议"):
        confirmed(noticed)


def test_what_was_held_before_the_amount_was_worked_out_or_overtaken_does_not_count(noticed):
    Assessment.objects.update(once_fen=LIMIT + 1)
    met(noticed)
    before = Assessment.objects.get().at - dt.timedelta(seconds=1)
    Conference.objects.update(at=before)
    with pytest.raises(Missing, match="核算之后"):
        confirmed(noticed)

    met(noticed)
    met(noticed, advice="refuse")

    with pytest.raises(Missing, match="一事一议"):
        confirmed(noticed)
