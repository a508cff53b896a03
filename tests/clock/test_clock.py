"""The movable clock of the demonstration."""

import datetime as dt

import pytest

from doudi.clock.demo_mark import is_demo, mark_demo
from doudi.clock.moves import move_to
from doudi.clock.time import CHINA, forget, now, refresh, today
from doudi.kernel.errors import Invalid, NotAllowed

pytestmark = pytest.mark.django_db


def test_the_clock_of_a_real_database_cannot_be_moved():
    assert not is_demo()

    with pytest.raises(NotAllowed):
        move_to(now() + dt.timedelta(days=1))

    assert today() == dt.date(2022, 5, 9)


def test_a_moved_clock_is_seen_by_every_process_after_its_refresh():
    mark_demo(7, "0.01", now())
    move_to(dt.datetime(2022, 5, 20, 9, 0, tzinfo=CHINA))

    forget()
    before = today()
    refresh()

    assert (before, today()) == (dt.date(2022, 5, 9), dt.date(2022, 5, 20))


def test_the_clock_goes_forward_only():
    mark_demo(7, "0.01", now())
    move_to(dt.datetime(2022, 5, 20, 9, 0, tzinfo=CHINA))

    with pytest.raises(Invalid):
        move_to(dt.datetime(2022, 5, 19, 9, 0, tzinfo=CHINA))

    assert today() == dt.date(2022, 5, 20)


def test_the_moved_clock_runs_on(clock):
    mark_demo(7, "0.01", now())
    move_to(dt.datetime(2022, 5, 20, 9, 0, tzinfo=CHINA))

    clock.shift(dt.timedelta(hours=16))

    assert now() == dt.datetime(2022, 5, 21, 1, 0, tzinfo=CHINA)
