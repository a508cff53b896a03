"""Cases in every stage in the towns of the stories, and the Hu and Zhang families."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from doudi.accounts.models import Staff
from doudi.clock.time import CHINA
from doudi.demo import records, staff
from doudi.demo.declare import Json, declaration, member, money
from doudi.demo.dice import Dice
from doudi.demo.play import ACTS, STEPS, Office, apply, go_to
from doudi.demo.stories import hu, ren, zhang
from doudi.outbox.deliver import deliver_all
from doudi.regions.models import Level, Region

FIRST_DAY = dt.datetime(2022, 4, 12, 9, 0, tzinfo=CHINA)
# How many days after acceptance each step is done in the demo.
DAYS = {
    "ask": 0,
    "accept": 0,
    "decline": 1,
    "visit": 1,
    "assess": 2,
    "panel": 2,
    "withdraw": 2,
    "review": 3,
    "notice": 3,
    "refuse": 4,
    "confirm": 11,
}
Entry = tuple[dt.datetime, int, str, Json | None, int, Office]
GOALS = (
    "confirmed",
    "confirmed",
    "noticed",
    "reviewed",
    "assessed",
    "visited",
    "accepted",
    "submitted",
    "awaiting_papers",
    "refused",
    "withdrawn",
    "not_accepted",
)


def office(town: str) -> Office:
    """The three people of a town."""
    word = staff.PLAIN.get(town, town)
    return Office(*(Staff.objects.get(account=f"{word}.{s}") for s in ("clerk", "review", "head")))


Numbers = dict[str, str]


def play(dice: Dice, tell: Callable[[str], None], zhang_numbers: Numbers) -> None:
    """Plans who applies when and how far each comes, then walks through the days."""
    serial = 0
    agenda: list[Entry] = []
    for town in staff.PLAIN:
        desk = office(town)
        villages = list(Region.objects.filter(parent_id=f"{town}000").order_by("code"))
        for goal in GOALS:
            serial += 1
            family = _family(dice, dice.random.choice(villages))
            records.write(family)
            agenda += _agenda(goal, serial, family, desk)
    story = _stories(dice, zhang_numbers)
    _leave_for_readers(story)
    agenda += _agenda("assessed", serial + 1, story["hu"], office(hu.TOWN))
    agenda += _agenda("submitted", serial + 2, story["zhang"], office(zhang.TOWN))
    _walk(agenda, tell)


def _leave_for_readers(story: dict[str, Json]) -> None:
    """The families as they may be typed, for the demonstration's own page."""
    path = Path(settings.DOUDI_HOME) / "stories.json"
    path.write_text(json.dumps(story, ensure_ascii=False, indent=1), encoding="utf-8")


def _agenda(goal: str, serial: int, family: Json, desk: Office) -> list[Entry]:
    """The instants at which a case's steps happen, so that it stands at `goal` on the last day."""
    steps = STEPS[goal]
    length = DAYS.get(steps[-1], 1) if steps else 0
    late = 24 - length - serial % 3
    start = FIRST_DAY + dt.timedelta(days=max(late, 0), minutes=serial)
    entries: list[Entry] = [(start, serial, "apply", family, 0, desk)]
    for place, step in enumerate(steps):
        when = start + dt.timedelta(days=DAYS.get(step, 1), minutes=30 + place)
        entries.append((when, serial, step, None, place + 1, desk))
    return entries


def _walk(
    agenda: list[Entry],
    tell: Callable[[str], None],
) -> None:
    cases: dict[int, UUID] = {}
    for when, serial, step, family, _, desk in sorted(agenda, key=lambda e: (e[0], e[1], e[4])):
        go_to(when)
        if family is not None:
            cases[serial] = apply(family)
        else:
            ACTS[step](cases[serial], desk)
            deliver_all()
    tell(f"{len(cases)} cases")


def _family(dice: Dice, village: Region) -> Json:
    """Two to four people with small incomes and some expenses."""
    today = FIRST_DAY.date()
    urban = village.area == "urban"
    sexes = [dice.random.choice(("male", "female")) for _ in range(dice.random.randint(2, 4))]
    ages = [(30, 68), (30, 68), (5, 17), (70, 85)]
    members = []
    for place, sex in enumerate(sexes):
        born = dice.born(*ages[place], today)
        number = dice.id_number(born, sex)
        relation = ("self", "spouse", "child", "parent")[place]
        one = member(f"m{place + 1}", relation, dice.name(sex), number, dice.phone())
        if ages[place][1] < 18:
            one |= {"student": "compulsory", "school": "演示学校", "phone": ""}
        members.append(one)
    members[0]["income"] = [money("wage", dice.random.randint(2, 9) * 1000)]
    members[0]["expenses"] = [money("medical_own", dice.random.randint(0, 6) * 500)]
    head = members[0]
    return declaration(
        {
            "name": head["name"],
            "id_number": head["id_number"],
            "phone": head["phone"],
            "region": village.code,
            "address": "演示住址",
            "registered_region": village.code,
            "area": "urban" if urban else "rural",
            "bank": {
                "bank": "演示农商银行",
                "account": f"62109901{dice.random.randrange(10**11):011d}",
                "holder": head["name"],
            },
        },
        members,
        reason="家中有人生病，收入少，生活困难。",
    )


def _stories(dice: Dice, zhang_numbers: Numbers) -> dict[str, Json]:
    """The three families with what the departments know of them; only Ren has not applied yet."""
    found: dict[str, Json] = {}
    for name, story, village, hukou in (
        ("ren", ren, ren.VILLAGE_NAME, ren.HUKOU_VILLAGE_NAME),
        ("hu", hu, hu.VILLAGE_NAME, ""),
        ("zhang", zhang, "", ""),
    ):
        numbers = zhang_numbers if name == "zhang" else numbers_of(story, dice)
        home = _village(story.TOWN, village)
        origin = _by_name(hukou) if hukou else home
        found[name] = story.declare(home, origin, numbers)
        records.write(found[name])
    return found


def numbers_of(story: Any, dice: Dice) -> Numbers:
    """An ID number for each member of a story, by key."""
    return {
        key: dice.id_number(dt.date.fromisoformat(born), sex)
        for key, (born, sex) in story.BORN.items()
    }


def _village(town: str, name: str) -> str:
    villages = Region.objects.filter(parent_id=f"{town}000", name__startswith=name)
    return villages.order_by("code").values_list("code", flat=True)[0]


def _by_name(name: str) -> str:
    found = Region.objects.filter(level=Level.VILLAGE, name__startswith=name)
    return found.values_list("code", flat=True)[0]
