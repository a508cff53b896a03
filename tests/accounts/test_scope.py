"""Where a right holds: in the post's region and everything in it, on its days, else nowhere."""

import datetime as dt

import pytest

from doudi.accounts.actions.add_post import Term, add_post
from doudi.accounts.actions.add_staff import add_staff
from doudi.accounts.actions.end_post import end_post
from doudi.accounts.actions.suspend_staff import suspend_staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import (
    in_scope,
    may,
    posts_of,
    require,
    rights_of,
    roles_of,
    scope,
    staff_by_id,
    staff_holding,
)
from doudi.audit.actor import SYSTEM
from doudi.clock.time import now, today
from doudi.kernel.errors import NotAllowed
from doudi.regions.models import Region
from tests.accounts.conftest import CITY, QILI

pytestmark = pytest.mark.django_db


def test_without_a_post_nothing_is_allowed_and_no_row_is_seen(admin):
    nobody, _token = add_staff("nobody", "无岗位", by=admin, at=now())

    rows = in_scope(Region.objects.all(), nobody, "case.list", "code")

    assert rights_of(nobody) == set()
    assert rows.count() == 0
    assert not may(nobody, "case.list", QILI)


def test_a_clerk_sees_his_town_and_its_villages_and_nothing_beside_it(clerk):
    rows = in_scope(Region.objects.all(), clerk, "case.view", "code")

    assert {code[:9] for code in rows.values_list("code", flat=True)} == {"610702008"}
    assert may(clerk, "case.view", "610702008001")
    assert not may(clerk, "case.view", "610702009000")
    assert not may(clerk, "case.view", "610702")


def test_a_county_officer_sees_every_town_of_the_county(admin):
    officer, _token = add_staff(
        "hantai.officer", "县经办", posts=[("county_officer", "610702000000")], by=admin, at=now()
    )

    assert scope(officer, "case.view") == ["610702"]
    assert may(officer, "case.view", QILI)
    assert not may(officer, "case.view", "610722101000")


def test_a_right_that_the_role_does_not_hold_is_refused_in_the_own_town(clerk):
    with pytest.raises(NotAllowed):
        require(clerk, "case.confirm", QILI)


def test_a_misspelt_right_is_an_error_and_not_a_refusal(clerk):
    with pytest.raises(KeyError):
        may(clerk, "case.confrim", QILI)


def test_a_narrower_post_inside_a_wider_one_is_left_out_of_the_scope(admin):
    helper, _token = add_staff("helper1", "协理员", by=admin, at=now())
    term = Term(today())
    add_post(helper, Role.VILLAGE_ASSISTANT, QILI, term=term, by=admin, at=now())
    add_post(helper, Role.VILLAGE_ASSISTANT, "610702008001", term=term, by=admin, at=now())

    stems = scope(helper, "consent.witness")

    assert stems == ["610702008"]


def test_a_post_counts_from_its_first_day_to_its_last(admin, clock):
    helper, _token = add_staff("helper2", "代班人", by=admin, at=now())
    term = Term(dt.date(2022, 5, 10), dt.date(2022, 5, 11))
    add_post(helper, Role.TOWN_CLERK, QILI, term=term, by=admin, at=now())

    days = [dt.date(2022, 5, day) for day in (9, 10, 11, 12)]

    assert [len(posts_of(helper, day)) for day in days] == [0, 1, 1, 0]


def test_an_ended_post_gives_nothing_the_day_after(admin, clerk, clock):
    post = posts_of(clerk)[0]
    end_post(post.pk, last_on=today(), by=admin, at=now())

    clock.shift(dt.timedelta(days=1))

    assert not may(staff_by_id(clerk.pk), "case.accept", QILI)


def test_suspension_takes_every_right_at_once(admin, clerk):
    suspend_staff(clerk, reason="调离", by=admin, at=now())

    fresh = staff_by_id(clerk.pk)

    assert rights_of(clerk) == rights_of(fresh) == set()


def test_the_posts_are_read_once_a_request(clerk, django_assert_num_queries):
    fresh = staff_by_id(clerk.pk)

    with django_assert_num_queries(1):
        answers = [may(fresh, right, QILI) for right in ("case.view", "case.accept")]
        roles = roles_of(fresh)

    assert answers == [True, True]
    assert roles == {Role.TOWN_CLERK}


def test_those_who_may_visit_are_found_by_right_and_place(clerk):
    in_qili = staff_holding("case.visit", "610702008001")
    elsewhere = staff_holding("case.visit", "610722101000")

    assert in_qili == [clerk]
    assert elsewhere == []


def test_the_city_reaches_every_county(admin):
    officer, _token = add_staff("city", "市局", posts=[("city_officer", CITY)], by=SYSTEM, at=now())

    assert scope(officer, "case.list") == ["6107"]
    assert may(officer, "case.list", QILI)
