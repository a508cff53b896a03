"""变化报告: a person answers; an account needs the call back; nothing changes by itself."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.benefits.models import Award
from doudi.clock.time import now
from doudi.kernel.errors import Invalid, NotAllowed
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all
from doudi.redress.actions.answer_change import answer_change
from doudi.redress.actions.report_change import Change, report_change
from doudi.redress.flow import CHANGES, outcomes_of
from doudi.redress.models import ChangeReport
from doudi.redress.queries import changes_for
from tests.factories.cases import case_at, office, staff
from tests.redress.conftest import owner

pytestmark = pytest.mark.django_db
ANSWER = "已打申请时留的电话核实本人，情况属实。"


@pytest.fixture
def paid(clock, city):
    """The Ren family with its award."""
    return case_at("confirmed", clock)


def told(case, kind="account", **more: str) -> ChangeReport:
    change = Change(kind, "和以前不一样了", details=more)
    return report_change(case.pk, change, by=owner(case), at=now())


@pytest.mark.parametrize("kind", CHANGES)
def test_a_report_changes_neither_award_nor_case(paid, kind):
    before = list(Award.objects.values()), type(paid).objects.values().get(pk=paid.pk)

    report = told(paid, kind)
    answer_change(
        report.pk, next(iter(outcomes_of(kind))), ANSWER, by=office(paid.town).clerk, at=now()
    )
    deliver_all()

    assert (list(Award.objects.values()), type(paid).objects.values().get(pk=paid.pk)) == before


def test_an_account_is_answered_only_by_what_a_call_back_gave(paid):
    report, clerk = told(paid), office(paid.town).clerk

    for outcome in ("noted", "recheck", "paid"):
        with pytest.raises(Invalid):
            answer_change(report.pk, outcome, ANSWER, by=clerk, at=now())
    answer_change(report.pk, "called_back", ANSWER, by=clerk, at=now())

    report.refresh_from_db()
    assert report.state == "called_back"


def test_the_household_is_told_that_it_came_and_that_it_was_answered(paid):
    report = told(paid, "death")
    deliver_all()
    answer_change(report.pk, "recheck", ANSWER, by=office(paid.town).clerk, at=now())
    deliver_all()

    sent = [m.text.open() for m in Message.objects.filter(template__startswith="change_")]
    assert len(sent) == 2
    assert str(report.due_on) in sent[0]


def test_the_town_and_its_county_see_it_and_only_the_town_answers(paid, county, other_county):
    report, desk = told(paid, "income"), office(paid.town)
    next_town = staff("next.clerk", Role.TOWN_CLERK, "610702001")

    sees = [list(changes_for(p)) for p in (desk.clerk, county, other_county, next_town)]

    assert sees == [[report], [report], [], []]
    for person in (county, other_county, next_town, desk.head):
        with pytest.raises(NotAllowed):
            answer_change(report.pk, "noted", ANSWER, by=person, at=now())


def test_a_report_needs_a_kind_words_and_a_day_that_has_come(paid):
    tomorrow = now().date() + dt.timedelta(days=1)

    wrong = (
        Change("lottery", "中了奖"),
        Change("income", " "),
        Change("income", "涨了工资", tomorrow),
        Change("income", "涨了工资", details={"id_number": "1"}),
    )

    for change in wrong:
        with pytest.raises(Invalid):
            report_change(paid.pk, change, by=owner(paid), at=now())
    assert not ChangeReport.objects.exists()
