"""Village assistants: appointed by the town, covered, trained, and gone with their last day."""

import datetime as dt

import pytest

from doudi.accounts.actions.appoint_assistant import Appointment, appoint_assistant
from doudi.accounts.actions.end_assistant import end_assistant
from doudi.accounts.actions.record_training import Lesson, record_training
from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import assistants_of, hours_trained, may
from doudi.audit.models import Entry
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.factories.cases import TOWN, VILLAGE, office, staff

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=365)


@pytest.fixture
def head(clock, city):
    """The head of the town."""
    return office().head


def newcomer(account="he"):
    """An account that the security administrator opened; it holds nothing yet."""
    return Staff.objects.create(account=account, name="何小妹", created_at=now())


def appointed(head, account="he", village=VILLAGE, **more):
    """For a year from today."""
    told = {"from_on": today(), "until_on": today() + YEAR} | more
    return appoint_assistant(Appointment(account, village, **told), by=head, at=now())


def test_an_appointed_assistant_files_in_the_village_and_nowhere_else(head):
    person = newcomer()

    appointed(head)

    assert may(person, "application.file", VILLAGE)
    assert not may(person, "application.file", "610702008002")
    assert not may(person, "case.view", VILLAGE)
    told = Entry.objects.get(action="staff.assistant_appointed")
    assert told.actor_name == head.name


def test_the_day_after_the_last_one_nothing_is_left(head, clock):
    person = newcomer()
    post = appointed(head)
    person = Staff.objects.get(pk=person.pk)

    end_assistant(post.pk, today(), by=head, at=now())
    still = may(Staff.objects.get(pk=person.pk), "application.file", VILLAGE)
    clock.shift(86_400)

    assert still
    assert not may(Staff.objects.get(pk=person.pk), "application.file", VILLAGE)
    with pytest.raises(Invalid):
        end_assistant(post.pk, today(), by=head, at=now())


def test_somebody_stands_in_for_the_one_who_is_away(head):
    newcomer(), newcomer("li")
    appointed(head)

    cover = appointed(head, "li", until_on=today() + dt.timedelta(days=30), stands_in_for="he")

    assert cover.stands_in_for.account == "he"
    assert may(Staff.objects.get(account="li"), "application.file", VILLAGE)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"account": "nobody"}, "account"),
        ({"village": TOWN}, "village"),
        ({"until_on": dt.date(2021, 1, 1)}, "until_on"),
        ({"until_on": dt.date(2035, 1, 1)}, "until_on"),
        ({"stands_in_for": "nobody"}, "stands_in_for"),
    ],
)
def test_what_is_wrong_is_named_and_nobody_is_appointed(head, more, field):
    newcomer()
    told = {"account": "he", "village": VILLAGE, "from_on": today(), "until_on": today()} | more

    with pytest.raises(Invalid) as refusal:
        appoint_assistant(Appointment(**told), by=head, at=now())

    assert set(refusal.value.fields) == {field}
    assert not Post.objects.filter(role="village_assistant").exists()


def test_a_town_gives_no_post_to_officers_nor_in_another_town(head):
    newcomer()

    with pytest.raises(Invalid):
        appointed(head, office().clerk.account)
    with pytest.raises(NotAllowed):
        appointed(head, village="610727105201")
    with pytest.raises(NotAllowed):
        appoint_assistant(Appointment("he", VILLAGE, today(), today()), by=office().clerk, at=now())
    appointed(head)
    with pytest.raises(Conflict):
        appointed(head)


def test_training_is_counted_by_the_year_and_only_for_the_towns_own(head):
    person = newcomer()
    appointed(head)
    stranger = staff("stranger", Role.VILLAGE_ASSISTANT, "610727105201")
    lesson = Lesson("低保政策和窗口代填", today(), 4)

    record_training(person.pk, lesson, by=head, at=now())
    record_training(person.pk, lesson, by=head, at=now())

    assert hours_trained([person.pk], today().year) == {str(person.pk): 8}
    assert hours_trained([person.pk], today().year - 1) == {}
    with pytest.raises(NotFound):
        record_training(stranger.pk, lesson, by=head, at=now())
    for wrong in (Lesson(" ", today(), 4), Lesson("政策", today() + YEAR, 4)):
        with pytest.raises(Invalid):
            record_training(person.pk, wrong, by=head, at=now())
    assert [p.staff_id for p in assistants_of(head)] == [person.pk]
