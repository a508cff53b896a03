"""Events: written with the deed, delivered once in effect, never silently dropped."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace

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
    until: dt.date | None = None


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
    with transaction.atomic():
        announce(rang())
        transaction.set_rollback(True)

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


@pytest.mark.django_db
def test_an_event_without_a_row_in_the_table_is_kept_and_says_so(monkeypatch):
    monkeypatch.setattr(post, "reactions", dict)
    announce(rang())

    post.deliver_all()

    event = Event.objects.get()
    assert event.state == "new"
    assert "Rang has no row" in event.last_error


@pytest.mark.django_db
def test_optional_dates_come_back_as_dates():
    whole = Rang(uuid.UUID(int=5), dt.date(2022, 5, 9), dt.date(2022, 6, 1))
    announce(whole)

    post.deliver_all()

    assert [whole] == SEEN


@pytest.mark.django_db
def test_no_personal_number_stays_in_the_error_of_an_event(monkeypatch):
    def fail(event: Rang) -> None:
        raise ValueError("no person 610799197402110011")

    monkeypatch.setattr(post, "reactions", lambda: {Rang: [fail]})
    announce(rang())

    post.deliver_all()

    assert "6107991974" not in Event.objects.get().last_error


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
def test_a_run_whose_worker_died_is_named_and_taken_up_again(monkeypatch, clock):
    RUNS.clear()
    monkeypatch.setattr(plan, "timetable", lambda: [DAILY])
    due = dt.datetime(2022, 5, 9, 0, 10, tzinfo=CHINA)
    ScheduleRun.objects.create(name="expire", due_at=due, started_at=now())

    tick(now())
    too_soon = list(RUNS)
    clock.shift(dt.timedelta(minutes=30))
    named = late(now())
    tick(now())

    assert (too_soon, named, RUNS) == ([], ["expire"], [due])
    assert late(now()) == []


@pytest.mark.django_db
def test_a_schedule_that_fails_is_named_and_stops_no_other(monkeypatch):
    def fail(at: dt.datetime) -> None:
        raise OSError("disk away")

    RUNS.clear()
    monkeypatch.setattr(
        plan, "timetable", lambda: [Schedule("bad", fail, every=dt.timedelta(minutes=1)), OFTEN]
    )

    tick(now())

    assert len(RUNS) == 1
    assert late(now()) == ["bad"]


@pytest.mark.django_db
def test_a_schedule_that_stopped_is_named(monkeypatch, clock):
    monkeypatch.setattr(plan, "timetable", lambda: [OFTEN])
    tick(now())

    fine = late(now())
    clock.shift(dt.timedelta(hours=1))

    assert (fine, late(now())) == ([], ["send"])


def test_what_looks_at_the_present_runs_once_after_missed_days():
    last = dt.datetime(2022, 5, 9, 0, 10, tzinfo=CHINA)
    sweep = replace(DAILY, once=True)

    due = due_times(sweep, last, dt.datetime(2022, 5, 12, 9, 0, tzinfo=CHINA))

    assert [d.day for d in due] == [12]
