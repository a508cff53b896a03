"""一事一议 and the panel's minutes: recorded, shown, and never a decision."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.cases.actions.record_conference import Talk, record_conference
from doudi.cases.actions.record_panel import Meeting, record_panel
from doudi.cases.models import Assessment, Case, Conference, Panel, Step
from doudi.clock.time import now, today
from doudi.kernel.errors import Invalid, NotAllowed, WrongStage
from tests.factories.cases import TOWN, case_at, office, staff, submitted

pytestmark = pytest.mark.django_db
THREE = ("镇民政办 王一", "镇卫生院 李二", "县民政局 张三")
QUESTION = "儿子失联十年，法院还没有宣告，是否计入共同生活成员。"


def talk(**more):
    """A conference as it is written down."""
    told = {"participants": THREE, "question": QUESTION, "proposal": "建议不计入，三个月后复核。"}
    return Talk(**({"on": today()} | told | more))


def test_a_conference_is_kept_with_its_question_and_changes_nothing_else(clock, city):
    case = case_at("assessed", clock)
    before = [a.findings.open() for a in Assessment.objects.all()]

    record_conference(case.pk, talk(), version=None, by=office().reviewer, at=now())

    kept = Conference.objects.get()
    assert (kept.participants, kept.question) == (list(THREE), QUESTION)
    assert Case.objects.get().stage == "assessed"
    assert [a.findings.open() for a in Assessment.objects.all()] == before
    assert Step.objects.filter(move="record_conference").count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"participants": THREE[:2]}, "participants"),
        ({"participants": (THREE[0],) * 3}, "participants"),
        ({"question": "不清楚"}, "question"),
        ({"proposal": " "}, "proposal"),
        ({"on": dt.date(2035, 1, 1)}, "on"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_kept(clock, city, more, field):
    case = case_at("assessed", clock)

    with pytest.raises(Invalid) as refusal:
        record_conference(case.pk, talk(**more), version=None, by=office().reviewer, at=now())

    assert set(refusal.value.fields) == {field}
    assert not Conference.objects.exists()


def test_the_county_may_call_one_but_a_clerk_or_another_county_may_not(clock, city):
    case = case_at("assessed", clock)
    home = staff("home", Role.COUNTY_OFFICER, TOWN[:6])
    away = staff("away", Role.COUNTY_OFFICER, "610728")

    record_conference(case.pk, talk(), version=None, by=home, at=now())

    for nobody in (office().clerk, away):
        with pytest.raises(NotAllowed):
            record_conference(case.pk, talk(), version=None, by=nobody, at=now())
    assert Conference.objects.count() == 1


def test_there_is_nothing_to_talk_over_before_acceptance(clock, city):
    case = submitted()

    with pytest.raises(WrongStage):
        record_conference(case.pk, talk(), version=None, by=office().reviewer, at=now())


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
