"""Events: written with the deed, delivered once in effect, never silently dropped."""

import datetime as dt
import uuid
from dataclasses import dataclass

import pytest
from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.audit.models import Entry
from doudi.clock.time import CHINA, now
from doudi.outbox import deliver as post
from doudi.outbox import schedule as plan
from doudi.outbox.announce import announce
from doudi.outbox.models import Event, ScheduleRun
from doudi.outbox.schedule import Schedule, due_times, late, tick


@dataclass(frozen=True)
class Rang:
    """A test event."""

    case_id: uuid.UUID
    on: dt.date


SEEN: list[Rang] = []
TROUBLE = {"left": 0}


def note_it(event: Rang) -> None:
    SEEN.append(event)
    write("test.noted", actor=SYSTEM, subject=f"case:{event.case_id}")


def stumble(event: Rang) -> None:
    write("test.stumbled", actor=SYSTEM, subject=f"case:{event.case_id}")
    if TROUBLE["left"]:
        TROUBLE["left"] -= 1
        raise OSError("gateway away")


@pytest.fixture(autouse=True)
def table(monkeypatch):
    SEEN.clear()
    TROUBLE["left"] = 0
    monkeypatch.setattr(post, "reactions", lambda: {Rang: [note_it, stumble]})


def rang() -> Rang:
    return Rang(uuid.UUID(int=5), dt.date(2022, 5, 9))


@pytest.mark.django_db
def test_an_event_comes_back_as_it_was_announced():
    announce(rang())

    post.deliver_all()

    assert [rang()] == SEEN


@pytest.mark.django_db
def test_an_event_of_a_rolled_back_deed_never_happened():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce(rang())
        _ = 1 / 0

    post.deliver_all()

    assert SEEN == []


@pytest.mark.django_db
def test_a_failing_reaction_leaves_nothing_and_stops_no_other(clock):
    TROUBLE["left"] = 1
    announce(rang())

    post.deliver_all()
    first = list(Entry.objects.values_list("action", flat=True))
    clock.shift(dt.timedelta(minutes=1))
    post.deliver_all()

    assert first == ["test.noted"]
    assert list(Entry.objects.values_list("action", flat=True)) == ["test.noted", "test.stumbled"]
    assert len(SEEN) == 1


@pytest.mark.django_db
def test_an_event_that_never_succeeds_is_stuck_and_shown(clock):
    TROUBLE["left"] = 99
    announce(rang())

    for _ in range(post.ATTEMPTS):
        post.deliver_all()
        clock.shift(dt.timedelta(hours=2))

    event = Event.objects.get()
    assert event.state == "stuck"
    assert "gateway away" in event.last_error


@pytest.mark.django_db(transaction=True)
def test_an_event_is_announced_only_with_its_deed():
    with pytest.raises(RuntimeError):
        announce(rang())

    assert Event.objects.count() == 0


RUNS: list[dt.datetime] = []
DAILY = Schedule("expire", RUNS.append, daily=dt.time(0, 10))
OFTEN = Schedule("send", RUNS.append, every=dt.timedelta(minutes=1))


def test_a_daily_schedule_makes_up_every_missed_day_once():
    last = dt.datetime(2022, 5, 9, 0, 10, tzinfo=CHINA)

    due = due_times(DAILY, last, dt.datetime(2022, 5, 12, 9, 0, tzinfo=CHINA))

    assert [d.day for d in due] == [10, 11, 12]


@pytest.mark.django_db
def test_each_due_time_runs_once(monkeypatch):
    RUNS.clear()
    monkeypatch.setattr(plan, "timetable", lambda: [DAILY, OFTEN])

    tick(now())
    tick(now())

    assert len(RUNS) == 2
    assert ScheduleRun.objects.filter(error="").count() == 2


@pytest.mark.django_db
def test_a_schedule_that_stopped_is_named(monkeypatch, clock):
    monkeypatch.setattr(plan, "timetable", lambda: [OFTEN])
    tick(now())

    fine = late(now())
    clock.shift(dt.timedelta(hours=1))

    assert (fine, late(now())) == ([], ["send"])
