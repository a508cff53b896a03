"""Who is rung when: by the hour, across midnight, on special days, and on to the county."""

import datetime as dt
from types import SimpleNamespace

import pytest

from doudi.clock.time import CHINA, now
from doudi.kernel.errors import Invalid, NotAllowed, WrongStage
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all
from doudi.outbox.schedule import tick
from doudi.urgent.actions.ring_on import ring_on
from doudi.urgent.actions.set_roster import Shift, add_shift
from doudi.urgent.actions.take import take
from doudi.urgent.figures import on_duty
from doudi.urgent.models import Ringing
from doudi.urgent.worklist import board
from tests.urgent.conftest import COUNTY, TOWN, proposed, raised, visited

pytestmark = pytest.mark.django_db


def shift(weekday=None, day=None, hours=(18, 8), order=1):
    """One line of a roster."""
    return SimpleNamespace(
        weekday=weekday, day=day, from_hour=hours[0], to_hour=hours[1], order=order
    )


def at(text):
    """An instant in China."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


TUESDAY_NIGHT = shift(1)
NEW_YEAR = shift(day=dt.date(2022, 3, 15), hours=(0, 24))


@pytest.mark.parametrize(
    ("instant", "on"),
    [
        ("2022-03-15T17:59", False),
        ("2022-03-15T18:00", True),
        ("2022-03-16T07:59", True),  # the night of Tuesday goes on
        ("2022-03-16T08:00", False),
        ("2022-03-15T03:00", False),  # that was Monday's night
    ],
)
def test_a_night_shift_belongs_to_the_day_on_which_it_begins(instant, on):
    assert on_duty([TUESDAY_NIGHT], at(instant)) == ([TUESDAY_NIGHT] if on else [])


def test_a_special_day_takes_the_place_of_the_weekday_but_not_of_the_night_before():
    monday = shift(0)

    evening = on_duty([TUESDAY_NIGHT, monday, NEW_YEAR], at("2022-03-15T20:00"))
    early = on_duty([TUESDAY_NIGHT, monday, NEW_YEAR], at("2022-03-15T03:00"))

    assert evening == [NEW_YEAR]
    assert set(map(id, early)) == {id(monday), id(NEW_YEAR)}


def rung():
    """Who was rung, in order."""
    return list(
        Ringing.objects.order_by("asked_at", "round").values_list("officer_name", flat=True)
    )


def test_at_night_one_after_the_other_is_rung_and_then_the_county(roster, clock):
    raised()
    for _ in range(3):
        clock.shift(dt.timedelta(minutes=10))
        ring_on(at=now())

    assert rung() == ["陈值班", "魏值班", "蒋值班", "蒋值班"]
    assert list(Ringing.objects.order_by("round").values_list("level", flat=True)) == [
        "town",
        "town",
        "county",
        "county",
    ]


def test_before_the_ten_minutes_are_over_nobody_else_is_rung(roster, clock):
    raised()

    clock.shift(dt.timedelta(minutes=9, seconds=59))
    early = ring_on(at=now())
    clock.shift(dt.timedelta(seconds=1))

    assert (early, ring_on(at=now()), ring_on(at=now())) == (0, 1, 0)


def test_the_timetable_rings_by_itself(roster, clock):
    raised()

    clock.shift(dt.timedelta(minutes=11))
    ran = tick(now())

    assert "ring the next officer" in ran
    assert rung() == ["陈值班", "魏值班"]


def test_where_no_roster_says_anything_everybody_who_may_answer_is_rung(desk, clock):
    raised()
    for _ in range(4):
        clock.shift(dt.timedelta(minutes=10))
        ring_on(at=now())

    assert set(rung()[:3]) == {"陈值班", "魏值班", "何值班"}
    assert set(rung()[3:]) == {"蒋值班", "沈值班"}


def test_who_is_rung_gets_a_message_without_a_name(roster, clock):
    roster.clerk.phone = "12900000055"
    roster.clerk.save()

    raised()

    text = Message.objects.get(template="urgent_ring").text.open()
    assert "突发重病" in text
    assert "10分钟" in text
    assert "张德福" not in text
    assert "12900000021" not in text


def test_whoever_answers_stops_the_ringing_and_a_second_one_is_told(roster, clock):
    call = raised()
    take(call.pk, version=None, by=roster.review, at=now())
    clock.shift(dt.timedelta(hours=1))

    assert ring_on(at=now()) == 0
    with pytest.raises(WrongStage):
        take(call.pk, version=None, by=roster.clerk, at=now())
    deliver_all()
    assert "魏同志" in Message.objects.get(template="urgent_taken").text.open()


def test_a_call_on_friday_night_is_visited_on_monday(roster, clock):
    clock.move_to(dt.datetime(2022, 3, 18, 22, 0, tzinfo=CHINA))

    assert raised().visit_due_on == dt.date(2022, 3, 21)


def test_the_county_is_rung_again_until_somebody_signs(roster, clock):
    call = visited(roster, clock)
    proposed(call, roster.clerk)
    clock.shift(dt.timedelta(minutes=10))
    ring_on(at=now())
    clock.shift(dt.timedelta(minutes=51))

    row = next(r for r in board(roster.officer, now()) if r.call.pk == call.pk)

    assert Ringing.objects.filter(about="sign").count() == 2
    assert (row.what, row.left, row.who) == ("sign", -1, "county")


def test_the_most_pressing_stands_first(roster, clock):
    first = visited(roster, clock)
    second = raised(phone="12900000033")

    rows = board(roster.clerk, now())

    assert [r.call.pk for r in rows] == [second.pk, first.pk]
    assert [r.what for r in rows] == ["ring", "decide"]


def test_only_who_may_answer_there_stands_on_the_roster(desk):
    with pytest.raises(Invalid):
        add_shift(TOWN, Shift(desk.elsewhere.pk, 8, 18, 0), by=desk.head, at=now())
    with pytest.raises(NotAllowed):
        add_shift(COUNTY, Shift(desk.officer.pk, 8, 18, 0), by=desk.head, at=now())
