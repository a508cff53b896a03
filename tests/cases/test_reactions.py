"""Each reaction may run twice: whatever follows from an event follows once in effect."""

import pytest
from django.apps import apps

from doudi.accounts.permissions import Role
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.clock.time import now
from doudi.outbox.deliver import deliver_all, read_back, retry_stuck
from doudi.outbox.models import Delivery, Event
from doudi.reactions.table import REACTIONS
from doudi.timetable import TIMETABLE
from tests.factories.cases import case_at, staff

pytestmark = pytest.mark.django_db
KINDS = {kind.__name__: kind for kind in REACTIONS}
COUNTY = "610702"


def everything(*without: str) -> dict[str, list[tuple]]:
    """Every row of every room, except the outbox's own."""
    return {
        model.__name__: sorted(map(str, model.objects.values_list()))
        for model in apps.get_models()
        if model.__module__.startswith("doudi.")
        and model._meta.app_label != "outbox"
        and model.__name__ not in without
    }


@pytest.fixture
def paid(clock, city) -> None:
    """The Ren family up to the first payment; a second family up to its refusal."""
    case_at("confirmed", clock)
    officer, checker = (staff(name, Role.COUNTY_OFFICER, COUNTY) for name in "oc")
    roll = prepare_roll(COUNTY, "2022-06", by=officer, at=now())
    check_roll(roll.pk, version=None, by=checker, at=now())
    release_roll(roll.pk, version=None, by=staff("f", Role.COUNTY_FINANCE, COUNTY), at=now())
    deliver_all()


def test_events_delivered_a_second_time_change_nothing(paid):
    before = everything()
    Event.objects.update(state="new")

    deliver_all()

    assert everything() == before
    assert set(Event.objects.values_list("state", flat=True)) == {"done"}


def test_reactions_run_again_by_themselves_change_nothing_but_the_messages(paid):
    before = everything("Message")

    for event in Event.objects.order_by("order"):
        for reaction in REACTIONS[KINDS[event.kind]]:
            reaction(read_back(KINDS[event.kind], event.payload))

    assert everything("Message") == before


@pytest.mark.parametrize("goal", ["awaiting_papers", "not_accepted", "refused", "withdrawn"])
def test_the_other_ends_are_told_once_as_well(goal, clock, city):
    case_at(goal, clock)
    before = everything()
    Event.objects.update(state="new")

    deliver_all()

    assert everything() == before


def test_an_event_that_was_given_up_is_taken_up_again(paid):
    one = Event.objects.get(kind="AwardOpened")
    Delivery.objects.filter(event=one).delete()
    Event.objects.filter(pk=one.pk).update(state="stuck", attempts=12)

    assert retry_stuck() == 1
    deliver_all()

    one.refresh_from_db()
    assert one.state == "done"
    assert Delivery.objects.filter(event=one).exists()


def test_everything_in_the_timetable_runs_and_runs_again(paid):
    for schedule in TIMETABLE:
        schedule.run(now())
    before = everything("Message", "Head")

    for schedule in TIMETABLE:
        schedule.run(now())

    assert everything("Message", "Head") == before
