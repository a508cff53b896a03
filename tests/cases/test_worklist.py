"""The worklist's order and counts: what presses first, on either database."""

import datetime as dt

import pytest

from doudi.cases.models import Case
from doudi.cases.worklist import Filters, counters, worklist
from doudi.clock.time import now, today
from tests.factories.cases import case_at, office, submitted

pytestmark = pytest.mark.django_db


def numbers(**asked):
    rows, count = worklist(office().clerk, Filters(**asked), today())
    assert count == len(rows)
    return [row.case.number for row in rows]


def test_what_nobody_accepted_yet_stands_first_then_the_nearest_last_day(clock, city):
    under_way = case_at("accepted", clock)
    clock.shift(dt.timedelta(days=1))
    fresh = submitted(sign=False)

    assert numbers() == [fresh.number, under_way.number]
    assert counters(office().clerk, today())["under_way"] == 2


def test_with_ended_cases_among_them_the_newest_stands_first(clock, city):
    ended = case_at("confirmed", clock)
    clock.shift(dt.timedelta(days=1))
    fresh = submitted(sign=False)

    assert numbers(open_only=False) == [fresh.number, ended.number]
    assert numbers(stage="confirmed") == [ended.number]


def test_the_database_keeps_surname_and_last_digits_itself(city):
    case = submitted()

    Case.objects.filter(pk=case.pk).update(applicant_name="欧阳一", last_event_at=now())

    case.refresh_from_db()
    assert (case.surname, case.tail) == ("欧", case.number[-4:])
