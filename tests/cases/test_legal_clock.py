"""The legal clock of a case: it stands for reasons, runs one way, and tells what was missed."""

import datetime as dt

import pytest

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.cases.actions.ask_for_more import ask_for_more
from doudi.cases.actions.mark_overdue import mark_overdue
from doudi.cases.actions.pause import pause
from doudi.cases.actions.withdraw import withdraw
from doudi.cases.models import Case, Pause, Step
from doudi.cases.progress import progress
from doudi.cases.queries import light, newest_assessment, stopped_since
from doudi.cases.worklist import Filters, counters, worklist
from doudi.clock.time import CHINA, now, today
from doudi.demo.play import ACTS, CITIZEN
from doudi.supervision.queries import late_cases
from tests.factories.cases import case_at, office, staff, submitted

pytestmark = pytest.mark.django_db
LONG = dt.timedelta(days=40)


def _clerk() -> Staff:
    """With the rights of today, not of the day on which the office was made."""
    return Staff.objects.get(pk=office().clerk.pk)


def test_a_clock_set_back_cannot_bring_acceptance_before_submission(clock, city):
    case = submitted()
    clock.shift(-dt.timedelta(days=10))

    ACTS["accept"](case.pk, office())

    case.refresh_from_db()
    assert case.accepted_on == dt.date(2022, 5, 9)
    assert case.due_on == dt.date(2022, 5, 30)


def test_the_steps_of_a_case_never_run_backwards(clock, city):
    case = case_at("accepted", clock)
    clock.shift(-dt.timedelta(hours=5))

    pause(case.pk, "核对未返回", "", version=None, by=_clerk(), at=now())

    instants = list(case.steps.order_by("order").values_list("at", flat=True))
    assert instants == sorted(instants)


def test_a_standing_clock_shows_no_red_light_and_is_not_counted_late(clock, city):
    case = case_at("accepted", clock)
    pause(case.pk, "核对未返回", "", version=None, by=_clerk(), at=now())
    clock.shift(LONG)

    rows, count = worklist(_clerk(), Filters(light="late"), today())

    since = stopped_since([case])[case.pk]
    assert light(Case.objects.get(pk=case.pk), today(), since).kind == "ok"
    assert (rows, count, counters(_clerk(), today())["late"]) == ([], 0, 0)


def test_a_running_clock_past_its_day_is_red_and_counted(clock, city):
    case = case_at("accepted", clock)
    clock.shift(LONG)

    rows, count = worklist(_clerk(), Filters(light="late"), today())

    assert [row.case.pk for row in rows] == [case.pk]
    assert (rows[0].light.kind, count, counters(_clerk(), today())["late"]) == ("late", 1, 1)


def test_what_an_officer_notes_about_a_pause_is_not_for_the_residents_page(clock, city):
    case = case_at("accepted", clock)

    pause(case.pk, "核对未返回", "银行说下周才给", version=None, by=_clerk(), at=now())

    shown = str(progress(Case.objects.get(pk=case.pk)))
    assert "核对未返回" in shown
    assert "下周" not in shown


def test_an_ended_case_leaves_no_clock_standing(clock, city):
    case = case_at("accepted", clock)
    pause(case.pk, "核对未返回", "", version=None, by=_clerk(), at=now())

    withdraw(case.pk, "不需要了", by=CITIZEN, at=now())

    assert Pause.objects.get().until_on == today()


def test_a_missed_last_day_leaves_one_line_however_often_it_is_swept(clock, city):
    case = case_at("accepted", clock)
    assert mark_overdue(at=now()) == 0
    clock.shift(LONG)

    first, again = mark_overdue(at=now()), mark_overdue(at=now())

    assert (first, again) == (1, 0)
    line = Step.objects.get(case=case, move="overdue")
    assert ("2022-05-30" in line.note, line.public) == (True, False)


def test_papers_that_never_came_leave_a_line_too(clock, city):
    case = submitted()
    items = [{"what": "残疾人证照片", "why": "不清楚"}]
    ask_for_more(case.pk, items, version=None, by=office().clerk, at=now())
    clock.shift(LONG)

    assert mark_overdue(at=now()) == 1

    assert "补正" in Step.objects.get(case=case, move="overdue").note


def test_an_application_before_dawn_belongs_to_its_own_day(clock, city):
    clock.move_to(dt.datetime(2022, 5, 9, 6, 30, tzinfo=CHINA))

    case = case_at("accepted", clock)

    assert "220509" in case.number
    assert case.accepted_on == dt.date(2022, 5, 9)


def test_after_a_clock_set_back_the_newest_assessment_is_still_the_newest(clock, city):
    case, desk = case_at("assessed", clock), office()
    clock.shift(-dt.timedelta(hours=5))

    for _ in range(5):
        ACTS["assess"](case.pk, desk)

    last = case.assessments.order_by("-at").first()
    assert len(set(case.assessments.values_list("at", flat=True))) == 6
    assert newest_assessment(case).pk == last.pk


def test_an_application_that_nobody_accepts_is_late_after_the_days_of_that_stage(clock, city):
    case = submitted()  # Monday 2022-05-09; the stage has one working day
    clock.move_to(dt.datetime(2022, 5, 10, 20, 0, tzinfo=CHINA))
    in_time = mark_overdue(at=now()), light(case, today(), None).kind

    clock.move_to(dt.datetime(2022, 5, 11, 8, 0, tzinfo=CHINA))
    late = mark_overdue(at=now()), light(case, today(), None).kind

    assert (in_time, late) == ((0, "soon"), (1, "late"))
    assert "还没有受理" in Step.objects.get(case=case, move="overdue").note
    assert counters(_clerk(), today())["late"] == 1
    assert [row.case.pk for row in worklist(_clerk(), Filters(light="late"), today())[0]] == [
        case.pk
    ]


def test_a_clock_that_stands_too_long_is_no_hiding_place(clock, city):
    case = case_at("accepted", clock)
    pause(case.pk, "核对未返回", "", version=None, by=_clerk(), at=now())
    clock.shift(LONG)
    assert mark_overdue(at=now()) == 0
    clock.shift(dt.timedelta(days=10))

    assert mark_overdue(at=now()) == 1

    assert "暂停太久" in Step.objects.get(case=case, move="overdue").note
    county = staff("county.clock", Role.COUNTY_OFFICER, case.county)
    assert [row.case.pk for row in late_cases(county, today())] == [case.pk]
