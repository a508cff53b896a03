"""Who belongs to a special group no longer leaves its list: from a day on, with a reason."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.benefits.figures import due_for
from doudi.clock.time import now, today
from doudi.kernel.errors import Invalid, NotAllowed, NotFound
from doudi.people.actions.leave_group import leave_group
from doudi.people.models import GroupMembership
from doudi.people.queries import in_group
from tests.benefits.running import TOWN, award
from tests.factories.cases import VILLAGE, staff

pytestmark = pytest.mark.django_db
MOVED = "迁出本县"


@pytest.fixture
def member(city):
    """Somebody in benefit who is on the list of the former fishers since last year."""
    running = award()
    listed = {"person": running.payee, "group": "former_fisher", "region_id": VILLAGE}
    member = GroupMembership.objects.create(**listed, from_on=dt.date(2021, 5, 1))
    member.running = running
    return member


@pytest.fixture
def clerk(city):
    return staff("l.clerk", Role.TOWN_CLERK, TOWN)


def on_list(member, day):
    return bool(in_group([member.person.id_index], "former_fisher", day))


def test_who_leaves_was_on_the_list_to_the_last_day_and_is_paid_as_before(member, clerk):
    last = today() - dt.timedelta(days=3)

    leave_group(member.pk, last, MOVED, by=clerk, at=now())

    assert (on_list(member, last), on_list(member, today())) == (True, False)
    assert due_for(member.running, "2022-06") == 50_000
    assert Entry.objects.get(action="people.left_group").purpose == MOVED
    with pytest.raises(NotFound):
        leave_group(member.pk, today(), MOVED, by=clerk, at=now())


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2021-04-30", MOVED),
        ("2099-01-01", MOVED),
        ("2022-01-01", ""),
        ("2022-01-01", "13900000001"),
    ],
)
def test_neither_an_impossible_day_nor_a_bare_word_takes_anybody_off(member, clerk, day, why):
    with pytest.raises(Invalid):
        leave_group(member.pk, dt.date.fromisoformat(day), why, by=clerk, at=now())

    assert on_list(member, today())


def test_neither_a_reviewer_nor_another_towns_clerk_takes_anybody_off(member, city):
    for nobody in (
        staff("l.reviewer", Role.TOWN_REVIEWER, TOWN),
        staff("l.other", Role.TOWN_CLERK, "610722001"),
    ):
        with pytest.raises(NotAllowed):
            leave_group(member.pk, today(), MOVED, by=nobody, at=now())

    assert on_list(member, today())


def test_on_the_page_the_list_is_masked_and_the_one_who_left_is_gone(
    member, clerk, sign_in, django_assert_max_num_queries
):
    browser = sign_in(clerk)
    with django_assert_max_num_queries(12):
        before = browser.get("/desk/listed/").content.decode()
    address = f"/desk/listed/{member.pk}/"

    wrong = browser.post(address, {"until_on": "2099-01-01", "why": MOVED})
    done = browser.post(address, {"until_on": str(today()), "why": MOVED})

    assert (member.person.name in before, "退捕渔民" in before) == (False, True)
    assert (wrong.status_code, done.status_code) == (422, 302)
    assert address not in browser.get("/desk/listed/").content.decode()
    assert browser.get(address).status_code == 404
