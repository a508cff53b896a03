"""Builds the demonstration city and plays it up to Monday 2022-05-09, 08:00."""

import datetime as dt
from collections.abc import Callable

from doudi.accounts.models import Staff
from doudi.audit.anchors import export_heads
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.clock.demo_mark import mark_demo
from doudi.clock.moves import move_to
from doudi.clock.time import CHINA, now, real_now
from doudi.demo import awards, crowd, night, roster, staff
from doudi.demo.dice import Dice
from doudi.demo.play import go_to
from doudi.demo.stories import zhang
from doudi.outbox.deliver import deliver_all
from doudi.regions.actions.load_pack import load_pack
from doudi.regions.models import Level, Region

BEGINNING = dt.datetime(2022, 3, 15, 8, 0, tzinfo=CHINA)
APRIL = dt.datetime(2022, 4, 1, 9, 0, tzinfo=CHINA)
OPENING = dt.datetime(2022, 5, 9, 8, 0, tzinfo=CHINA)
PAY_DAY = dt.datetime(2022, 4, 11, 9, 0, tzinfo=CHINA)
Tell = Callable[[str], None]


def build(
    *, scale: float, seed: int, empty: bool, tell: Tell, opening: dt.datetime = OPENING
) -> None:
    """On an empty, migrated database with keys; deterministic by seed.

    An empty city stands at `opening`, a full one always at OPENING.
    """
    dice = Dice(seed)
    mark_demo(seed, str(scale), real_now())
    move_to(BEGINNING)
    tell("regions and staff")
    load_pack()
    _phones(dice)
    staff.build(dice, now())
    roster.build()
    if empty:
        staff.build_helpers(dice, now())
        move_to(opening)
        return
    tell("urgent aid in March")
    numbers = crowd.numbers_of(zhang, dice)
    night.play_zhang(numbers)
    night.play_station(Dice(seed))
    move_to(APRIL)
    tell("households in benefit")
    count = awards.build(dice, scale, now())
    tell(f"{count} awards; the rolls of April")
    move_to(PAY_DAY)
    _pay("2022-04")
    tell("cases in every stage")
    crowd.play(dice, tell, numbers)
    night.play_this_morning()
    staff.build_helpers(dice, now())
    go_to(OPENING)
    deliver_all()
    export_heads()


def _phones(dice: Dice) -> None:
    """Office phones: 0916 and seven digits that begin with 0, which no network gives out."""
    offices = list(Region.objects.filter(level__in=(Level.COUNTY, Level.TOWN)))
    for number, office in enumerate(offices):
        office.office_phone = f"0916-0{number:06d}"
    Region.objects.bulk_update(offices, ["office_phone"], batch_size=500)


def _pay(month: str) -> None:
    """A whole month in every county, by the three people who must stand behind it."""
    for county in Region.objects.filter(level=Level.COUNTY):
        word = staff.PLAIN_COUNTIES.get(county.code[:6], county.code[:6])
        officer, checker, finance = (
            Staff.objects.get(account=f"{word}.{seat}") for seat in ("officer", "check", "finance")
        )
        roll = prepare_roll(county.code[:6], month, by=officer, at=now())
        check_roll(roll.pk, version=None, by=checker, at=now())
        release_roll(roll.pk, version=None, by=finance, at=now())
    deliver_all()
