"""一事一议 and the panel's minutes: recorded, shown, and never a decision."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.cases.actions.call_conference import Call, call_conference
from doudi.cases.actions.record_conference import Talk, record_conference
from doudi.cases.actions.record_panel import Meeting, record_panel
from doudi.cases.actions.review import review
from doudi.cases.models import Assessment, Case, Conference, Panel, Step
from doudi.clock.time import now, today
from doudi.kernel.errors import Invalid, Missing, NotAllowed, WrongStage
from tests.factories.cases import TOWN, case_at, office, staff, submitted

pytestmark = pytest.mark.django_db
THREE = ("镇民政办 王一", "镇卫生院 李二", "县民政局 张三")
QUESTION = "儿子失联十年，法院还没有宣告，是否计入共同生活成员。"


WIDE = (*THREE, "区残联 赵四")


def call(**more):
    """A conference as it is called."""
    told = {"time": "15:00", "place": "二楼会议室", "host": "王一", "invited": THREE}
    return Call(**({"on": today(), "question": QUESTION} | told | more))


def talk(**more):
    """A conference as it is written down."""
    told = {
        "participants": THREE,
        "minutes": "村里证实十年没有音信。",
        "advice": "grant",
        "agree": 3,
    }
    return Talk(**({"on": today(), "proposal": "建议不计入，三个月后复核。"} | told | more))


def called(case, **more):
    """The reviewer calls one."""
    call_conference(case.pk, call(**more), version=None, by=office().reviewer, at=now())


def held(case, by=None, **more):
    """It is written down."""
    who = by or office().reviewer
    record_conference(case.pk, talk(**more), version=None, by=who, at=now())
    return Conference.objects.get(outcome__gt="")


def test_a_conference_is_kept_with_its_question_and_changes_nothing_else(clock, city):
    case = case_at("assessed", clock)
    before = [a.findings.open() for a in Assessment.objects.all()]

    called(case)
    kept = held(case)

    assert (kept.participants, kept.invited, kept.question) == (list(THREE), list(THREE), QUESTION)
    assert (kept.outcome, kept.advice_name) == ("passed", "建议给予救助")
    assert Case.objects.get().stage == "assessed"
    assert [a.findings.open() for a in Assessment.objects.all()] == before
    assert Step.objects.filter(move__in=("call_conference", "record_conference")).count() == 2


@pytest.mark.parametrize(
    ("invited", "told", "outcome"),
    [
        (WIDE, {"participants": WIDE[:3], "agree": 2, "disagree": 1}, "passed"),
        (THREE, {"agree": 1, "disagree": 1, "abstain": 1}, "not_passed"),
        (THREE, {"participants": THREE[:2], "agree": 2}, "no_quorum"),
        ((*WIDE, "镇司法所 钱五"), {"agree": 3}, "no_quorum"),
    ],
)
def test_the_law_of_the_pack_says_whether_it_counts(clock, city, invited, told, outcome):
    case = case_at("assessed", clock)
    called(case, invited=invited)

    kept = held(case, **told)

    assert kept.outcome == outcome
    assert bool(kept.advice_name) == (outcome == "passed")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"invited": THREE[:2]}, "invited"),
        ({"invited": (THREE[0],) * 3}, "invited"),
        ({"question": "不清楚"}, "question"),
        ({"place": " "}, "place"),
        ({"on": dt.date(2021, 1, 1)}, "on"),
    ],
)
def test_a_call_that_lacks_something_is_not_made(clock, city, more, field):
    case = case_at("assessed", clock)

    with pytest.raises(Invalid) as refusal:
        called(case, **more)

    assert set(refusal.value.fields) == {field}
    assert not Conference.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"agree": 2}, "agree"),
        ({"withdrew": THREE[:1]}, "withdrew"),
        ({"proposal": " "}, "proposal"),
        ({"advice": "pay"}, "advice"),
        ({"on": dt.date(2035, 1, 1)}, "on"),
    ],
)
def test_minutes_that_do_not_add_up_are_not_kept(clock, city, more, field):
    case = case_at("assessed", clock)
    called(case)

    with pytest.raises(Invalid) as refusal:
        held(case, **more)

    assert set(refusal.value.fields) == {field}
    assert Conference.objects.get().outcome == ""


def test_nothing_is_written_down_that_was_not_called_and_nothing_is_called_twice(clock, city):
    case = case_at("assessed", clock)

    with pytest.raises(Invalid):
        held(case)
    called(case)
    with pytest.raises(Invalid):
        called(case)

    assert Conference.objects.count() == 1


def test_review_waits_for_the_minutes_of_a_conference_that_was_called(clock, city):
    case = case_at("assessed", clock)
    called(case)

    with pytest.raises(Missing) as refusal:
        review(case.pk, "同意。", version=None, by=office().reviewer, at=now())
    held(case, advice="refuse")
    review(case.pk, "另有证据，同意。", version=None, by=office().reviewer, at=now())

    assert refusal.value.what == ["一事一议已经召集，还没有会议记录"]
    assert Case.objects.get().stage == "reviewed"


def test_the_county_may_call_one_but_a_clerk_or_another_county_may_not(clock, city):
    case = case_at("assessed", clock)
    home = staff("home", Role.COUNTY_OFFICER, TOWN[:6])
    away = staff("away", Role.COUNTY_OFFICER, "610728")

    for nobody in (office().clerk, away):
        with pytest.raises(NotAllowed):
            call_conference(case.pk, call(), version=None, by=nobody, at=now())
    call_conference(case.pk, call(), version=None, by=home, at=now())
    for nobody in (office().clerk, away):
        with pytest.raises(NotAllowed):
            held(case, by=nobody)

    assert held(case, by=home).by_name == home.name


def test_there_is_nothing_to_talk_over_before_acceptance(clock, city):
    case = submitted()

    with pytest.raises(WrongStage):
        called(case)


def test_who_withdrew_is_named_and_does_not_sit_at_the_table(clock, city):
    case = case_at("assessed", clock)
    clerk, names = office().clerk, ["王一", "李二", "张三"]

    crowded = Meeting(today(), names, "同意。", withdrew=["张三"])
    proper = Meeting(today(), names, "同意。", withdrew=["赵四"])

    with pytest.raises(Invalid) as refusal:
        record_panel(case.pk, crowded, version=None, by=clerk, at=now())
    record_panel(case.pk, proper, version=None, by=clerk, at=now())

    assert set(refusal.value.fields) == {"withdrew"}
    assert Panel.objects.latest("at").withdrew == ["赵四"]
