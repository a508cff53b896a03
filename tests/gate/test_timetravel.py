"""Moving the demonstration's clock runs what falls due on the way, each day once."""

import datetime as dt

import pytest

from doudi.audit.models import Entry
from doudi.clock.demo_mark import mark_demo
from doudi.clock.time import CHINA, now
from doudi.gate.timetravel import target, travel
from doudi.kernel.errors import Invalid, NotAllowed
from doudi.outbox.schedule import Schedule

pytestmark = pytest.mark.django_db
SEEN: list[dt.datetime] = []
TABLE = [Schedule("nightly", SEEN.append, daily=dt.time(0, 10))]


@pytest.fixture(autouse=True)
def _own_timetable(settings):
    settings.DOUDI_TIMETABLE = "tests.gate.test_timetravel.TABLE"
    settings.DOUDI_REACTIONS = "tests.gate.test_timetravel.REACTIONS"
    SEEN.clear()


REACTIONS: dict[type, list[object]] = {}


@pytest.fixture
def demo():
    mark_demo(7, "0.01", now())


def _on(day):
    return dt.datetime(2022, 5, day, 8, 0, tzinfo=CHINA)


def test_every_missed_night_runs_once_and_in_order(demo):
    travel(_on(10))

    ran = travel(_on(13))

    assert ran.schedules == {"nightly": 3}
    assert [at.day for at in SEEN[-3:]] == [11, 12, 13]
    assert sorted(set(SEEN)) == SEEN


def test_the_move_is_journalled_with_both_instants(demo):
    travel(_on(10))

    entry = Entry.objects.get(action="clock.moved")
    assert entry.detail["from"].startswith("2022-05-09T08:00")
    assert entry.detail["to"].startswith("2022-05-10T08:00")


def test_a_real_database_has_no_movable_clock():
    with pytest.raises(NotAllowed):
        travel(_on(10))

    assert (now().day, SEEN) == (9, [])
    assert not Entry.objects.exists()


def test_backwards_is_refused_and_nothing_runs(demo):
    travel(_on(12))
    before = list(SEEN)

    with pytest.raises(Invalid):
        travel(_on(11))

    assert (now().day, SEEN) == (12, before)


@pytest.mark.parametrize(
    ("word", "on", "expected"),
    [
        ("day", None, dt.date(2022, 5, 10)),
        ("workday", None, dt.date(2022, 5, 10)),
        ("date", dt.date(2022, 6, 3), dt.date(2022, 6, 3)),
    ],
)
def test_each_word_leads_to_its_day_at_eight(word, on, expected):
    instant = target(word, on)

    assert (instant.date(), instant.hour) == (expected, 8)
