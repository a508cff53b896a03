"""The same acts under the old process and the new one: other stages, the same total."""

import datetime as dt
import random

import pytest

from doudi.accounts.permissions import Role
from doudi.cases.actions.record_panel import Meeting, record_panel
from doudi.cases.figures import days_by_stage
from doudi.cases.pace import compared, paces, written_late
from doudi.clock.time import now, today
from doudi.kernel.periods import Month
from tests.factories.cases import TOWN, case_at, office, staff
from tests.policy.build import PACK

PROCESSES = {process.key: process for process in PACK.processes}
OLD, NEW = PROCESSES["seven-stage"], PROCESSES["delegated-2022"]
DAY = dt.date(2022, 5, 9)
ACTS = [
    (0, "submit"),
    (1, "accept"),
    (3, "record_report"),
    (4, "record_visit"),
    (6, "assess"),
    (6, "record_panel"),
    (7, "review"),
    (8, "publish_notice"),
    (15, "notice_over"),
    (16, "confirm"),
]


def calendar_days(begin: dt.date, end: dt.date) -> int:
    return (end - begin).days


def at(acts: list[tuple[int, str]]) -> list[tuple[dt.date, str]]:
    return [(DAY + dt.timedelta(days=n), act) for n, act in acts]


def test_the_acts_of_one_case_fall_into_seven_stages_and_into_three():
    old = days_by_stage(OLD, at(ACTS), calendar_days)
    new = days_by_stage(NEW, at(ACTS), calendar_days)

    assert old == {
        "acceptance": 1,
        "verification": 2,
        "visit": 1,
        "appraisal": 2,
        "notice": 8,
        "county_review": 1,
        "county_approval": 1,
    }
    assert new == {"acceptance": 1, "investigation": 14, "confirmation": 1}


def test_an_act_of_no_stage_hands_its_days_on():
    acts = at([(0, "submit"), (2, "return_case"), (5, "confirm")])

    assert days_by_stage(NEW, acts, calendar_days) == {
        "acceptance": 0,
        "investigation": 0,
        "confirmation": 5,
    }


def test_both_processes_sum_to_the_same_total_on_any_acts():
    dice = random.Random(7)
    names = [act for _n, act in ACTS]
    for _round in range(500):
        days = sorted(dice.randrange(60) for _ in range(12))
        acts = at([(0, "submit"), *((n, dice.choice(names)) for n in days), (61, "confirm")])

        sums = {sum(days_by_stage(p, acts, calendar_days).values()) for p in (OLD, NEW)}

        assert sums == {61}


def test_every_stage_says_which_acts_are_its_own_and_no_act_is_twice():
    for process in (OLD, NEW):
        acts = [act for stage in process.stages for act in stage["acts"]]

        assert len(acts) == len(set(acts))
        assert {act for _n, act in ACTS} <= set(acts)


@pytest.mark.django_db
def test_a_month_shows_its_decided_cases_in_the_own_county_only(clock, city):
    case = case_at("confirmed", clock)
    month = Month.of(case.ended_at.date())
    home = staff("home", Role.COUNTY_OFFICER, TOWN[:6])
    away = staff("away", Role.COUNTY_OFFICER, "610728")

    [found] = paces(home, month)

    assert found.case.pk == case.pk
    assert {sum(days.values()) for days in found.days} == {found.total}
    assert [(side.limit, side.within) for side in compared([found])] == [(15, 1), (40, 1)]
    assert paces(away, month) == paces(home, month.previous()) == []


@pytest.mark.django_db
def test_what_was_written_down_later_than_the_next_day_is_listed(clock, city):
    case = case_at("assessed", clock)
    county, month = staff("home", Role.COUNTY_OFFICER, TOWN[:6]), Month.of(now().date())
    names = ["王一", "李二", "张三"]
    for days in (0, 1, 2):
        meeting = Meeting(today() - dt.timedelta(days=days), names, "同意。")
        record_panel(case.pk, meeting, version=None, by=office().clerk, at=now())

    found = written_late(county, month)

    assert [(c.pk, late.what, late.on) for c, late in found] == [
        (case.pk, "会议研究", today() - dt.timedelta(days=2))
    ]
    assert written_late(staff("away", Role.COUNTY_OFFICER, "610728"), month) == []
