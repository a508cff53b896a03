"""Giving, ending and standing in for posts, and who may do it."""

import datetime as dt

import pytest

from doudi.accounts.actions.add_post import Term, add_post
from doudi.accounts.actions.add_staff import add_staff
from doudi.accounts.actions.end_post import end_post
from doudi.accounts.actions.reinstate_staff import reinstate_staff
from doudi.accounts.actions.stand_in import stand_in
from doudi.accounts.actions.suspend_staff import suspend_staff
from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import invitation_by_token, may, staff_by_id, staff_list
from doudi.audit.actor import SYSTEM, Actor
from doudi.audit.models import Entry
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.accounts.conftest import CITY, QILI, later

pytestmark = pytest.mark.django_db
HANTAI = "610702000000"


def test_only_staff_management_adds_people(clerk):
    with pytest.raises(NotAllowed):
        add_staff("friend", "朋友", posts=[("town_clerk", QILI)], by=clerk, at=now())

    assert not Staff.objects.filter(account="friend").exists()


def test_a_citizen_never_manages_staff(city):
    with pytest.raises(NotAllowed):
        add_staff("friend", "朋友", by=Actor("citizen", "x", ""), at=now())


def test_a_county_administrator_adds_nobody_in_another_county(admin):
    county, _token = add_staff(
        "hantai.sec", "县管理", posts=[("security_admin", HANTAI)], by=SYSTEM, at=now()
    )

    with pytest.raises(NotAllowed):
        add_staff("other", "别县", posts=[("town_clerk", "610722101000")], by=county, at=now())


def test_a_county_administrator_does_not_touch_the_city_administrator(admin):
    county, _token = add_staff(
        "hantai.sec", "县管理", posts=[("security_admin", HANTAI)], by=SYSTEM, at=now()
    )

    with pytest.raises(NotAllowed):
        suspend_staff(admin, reason="越权", by=county, at=now())


def test_nobody_gives_himself_a_post(admin):
    with pytest.raises(NotAllowed):
        add_post(admin, Role.AUDITOR, CITY, term=Term(today()), by=admin, at=now())


def test_an_administrator_never_becomes_a_deciding_officer_as_well(admin, clerk):
    with pytest.raises(Invalid, match="不相容"):
        add_post(clerk, Role.SYSTEM_ADMIN, HANTAI, term=Term(today()), by=admin, at=now())


def test_incompatible_posts_may_follow_each_other_but_not_overlap(admin):
    staff, _token = add_staff("mover", "轮岗人", by=admin, at=now())
    first = Term(today(), today() + dt.timedelta(days=9))
    add_post(staff, Role.TOWN_REVIEWER, QILI, term=first, by=admin, at=now())

    after = Term(today() + dt.timedelta(days=10))
    add_post(staff, Role.TOWN_HEAD, QILI, term=after, by=admin, at=now())

    with pytest.raises(Invalid):
        add_post(staff, Role.TOWN_REVIEWER, QILI, term=after, by=admin, at=now())


def test_a_town_role_does_not_stand_in_a_county(admin, clerk):
    with pytest.raises(Invalid, match="这一级"):
        add_post(clerk, Role.TOWN_HEAD, HANTAI, term=Term(today()), by=admin, at=now())


def test_a_post_in_an_unknown_region_is_not_found(admin, clerk):
    with pytest.raises(NotFound):
        add_post(clerk, Role.TOWN_CLERK, "619999", term=Term(today()), by=admin, at=now())


def test_the_same_post_twice_is_a_conflict(admin, clerk):
    with pytest.raises(Conflict):
        add_post(clerk, Role.TOWN_CLERK, QILI, term=Term(today()), by=admin, at=now())

    assert clerk.posts.count() == 1


def test_a_stand_in_holds_the_posts_on_the_days_and_says_for_whom(admin, clerk, clock):
    other, _token = add_staff("other", "代班人", by=admin, at=now())
    begin, end = dt.date(2022, 5, 10), dt.date(2022, 5, 12)
    posts = stand_in(other, clerk, begin, end, by=admin, at=now())

    held = []
    for _day in range(5):
        held.append(may(staff_by_id(other.pk), "case.accept", QILI))
        clock.shift(dt.timedelta(days=1))

    assert held == [False, True, True, True, False]
    assert posts[0].stands_in_for == clerk


def test_a_stand_in_is_not_passed_on(admin, clerk):
    second, _token = add_staff("second", "第二人", by=admin, at=now())
    third, _token = add_staff("third", "第三人", by=admin, at=now())
    stand_in(second, clerk, today(), today(), by=admin, at=now())

    with pytest.raises(Invalid):
        stand_in(third, second, today(), today(), by=admin, at=now())


def test_a_reviewer_does_not_stand_in_for_the_head(admin):
    reviewer, _t = add_staff("rev", "审核人", posts=[("town_reviewer", QILI)], by=admin, at=now())
    head, _t = add_staff("head", "负责人", posts=[("town_head", QILI)], by=admin, at=now())

    with pytest.raises(Invalid, match="不相容"):
        stand_in(reviewer, head, today(), today(), by=admin, at=now())

    assert Post.objects.filter(staff=reviewer).count() == 1


def test_a_stand_in_ends_and_is_not_longer_than_a_quarter(admin, clerk):
    other, _token = add_staff("other", "代班人", by=admin, at=now())

    with pytest.raises(Invalid):
        stand_in(other, clerk, today(), today() + dt.timedelta(days=93), by=admin, at=now())


def test_a_post_that_had_not_begun_is_taken_back_whole(admin, clerk):
    term = Term(today() + dt.timedelta(days=5))
    post = add_post(clerk, Role.TOWN_REVIEWER, QILI, term=term, by=admin, at=now())

    end_post(post.pk, last_on=today(), by=admin, at=now())

    assert clerk.posts.count() == 1


def test_every_change_is_in_the_journal_without_personal_values(admin):
    before = Entry.objects.count()
    staff, _token = add_staff(
        "wang", "王某", posts=[("town_clerk", QILI)], phone="13912345678", by=admin, at=now()
    )

    entries = Entry.objects.order_by("id")[before:]

    assert [e.action for e in entries] == ["staff.added", "staff.post_added", "staff.invited"]
    assert {e.subject for e in entries} == {f"staff:{staff.pk}"}
    assert {e.actor_id for e in entries} == {str(admin.pk)}


def test_a_person_gets_one_account_only(admin):
    add_staff("one", "王某某", id_number="110101199003074477", by=admin, at=now())

    with pytest.raises(Invalid, match="一人一号"):
        add_staff("two", "王某某", id_number="11010119900307447７", by=admin, at=now())


def test_all_bad_particulars_are_named_at_once(admin):
    with pytest.raises(Invalid) as refusal:
        add_staff("A!", "", phone="12345", id_number="1", by=admin, at=now())

    assert set(refusal.value.fields) == {"account", "name", "phone", "id_number"}


def test_a_suspended_person_comes_back_only_through_a_new_link(admin, clerk):
    suspend_staff(clerk, reason="休假", by=admin, at=now())
    token = reinstate_staff(clerk, reason="返岗", by=admin, at=now())

    fresh = staff_by_id(clerk.pk)

    assert fresh.is_active
    assert not fresh.has_usable_password()
    assert not fresh.totp_secret
    assert invitation_by_token(token, later(days=6)).staff == clerk


def test_the_list_of_staff_shows_only_the_own_region(admin, clerk):
    county, _token = add_staff(
        "chenggu.sec", "县管理", posts=[("security_admin", "610722000000")], by=SYSTEM, at=now()
    )

    seen = [[s.account for s in staff_list(who)] for who in (admin, county, clerk)]

    assert seen == [["admin", "chenggu.sec", "qili.clerk"], ["chenggu.sec"], []]
