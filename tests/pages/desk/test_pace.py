"""新旧流程对照 on the desk: for those who supervise, in their own places."""

import csv
import io

import pytest

from doudi.accounts.permissions import Role
from tests.factories.cases import TOWN, case_at, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(clock, city):
    """A case that was confirmed this month."""
    return case_at("confirmed", clock)


def test_the_page_shows_both_processes_over_the_same_case(
    decided, sign_in, django_assert_max_num_queries
):
    county = sign_in(staff("county", Role.COUNTY_OFFICER, TOWN[:6]))

    with django_assert_max_num_queries(12):
        page = county.get("/desk/pace/").content.decode()

    assert all(words in page for words in ("三环节流程", "七环节流程", "县级审批公布"))
    assert decided.number[:4] in page
    assert decided.applicant_name not in page


def test_the_table_holds_the_same_days_and_no_name(decided, sign_in):
    county = sign_in(staff("county", Role.COUNTY_OFFICER, TOWN[:6]))

    answer = county.get("/desk/pace.csv")

    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    days = [int(n) for n in row[2:]]
    assert (row[0], len(head)) == (decided.number, 12)
    assert sum(days) == 2 * int(row[1])
    assert decided.applicant_name not in answer.content.decode()


def test_another_county_sees_an_empty_month_and_a_wrong_month_is_this_one(decided, sign_in):
    away = sign_in(staff("away", Role.COUNTY_OFFICER, "610728"))
    home = sign_in(staff("home", Role.COUNTY_OFFICER, TOWN[:6]))

    assert "没有办结的办件" in away.get("/desk/pace/").content.decode()
    assert decided.number[:4] in home.get("/desk/pace/?month=soon").content.decode()
