"""Operations: what machines may know, and nothing about people."""

import datetime as dt
import json

import pytest

from doudi.clock.time import now
from doudi.outbox.models import Event, ScheduleRun, WorkerBeat
from doudi.outbox.schedule import timetable

pytestmark = pytest.mark.django_db


@pytest.fixture
def running():
    """A worker that went round just now, with every schedule in time."""
    WorkerBeat.objects.create(pk="worker", at=now())
    for schedule in timetable():
        ScheduleRun.objects.create(
            name=schedule.name, due_at=now(), started_at=now(), finished_at=now()
        )


def _event(**values):
    Event.objects.create(kind="X", payload={}, at=now(), next_try_at=now(), **values)


def test_a_sound_installation_is_ok(client, running):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


def test_a_silent_worker_is_seen(client, running, clock):
    clock.shift(dt.timedelta(minutes=2))

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["worker_seconds"] == 120


def test_a_stuck_event_is_seen(client, running):
    _event(state="stuck", last_error="X: 110101199003074477")

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["stuck_events"]) == (503, 1)


def test_a_late_schedule_is_named(client, running):
    ScheduleRun.objects.all().delete()

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["late"] == [schedule.name for schedule in timetable()]


def test_nothing_about_any_person_is_told(client, running, clerk):
    _event(state="stuck", last_error="李经办 110101199003074477")

    texts = [client.get(path).content.decode() for path in ("/healthz", "/readyz", "/metrics")]

    assert [t for t in texts if "李经办" in t or "qili" in t or "110101" in t] == []
    assert set(json.loads(texts[0])) == {
        "status",
        "database",
        "worker_seconds",
        "late",
        "stuck_events",
        "waiting_events",
        "stuck_imports",
        "broken_prints",
        "failed_messages",
    }


def test_metrics_are_gauges_in_plain_text(client, running):
    _event(state="new")

    text = client.get("/metrics").content.decode()

    assert "doudi_up 1\n" in text
    assert "doudi_events_waiting 1\n" in text
    assert "# TYPE doudi_events_stuck gauge\n" in text


def test_a_process_that_reaches_its_database_is_ready(client):
    assert client.get("/readyz").status_code == 200
