"""Plays urgent aid: Zhang from the hospital bed, 176 stranded people, a call of this morning."""

import datetime as dt
from uuid import UUID, uuid5

from doudi.accounts.models import Staff
from doudi.audit.actor import Actor
from doudi.clock.time import CHINA, now
from doudi.demo.dice import Dice
from doudi.demo.play import go_to
from doudi.demo.stories import zhang
from doudi.outbox.deliver import deliver_all
from doudi.urgent.actions.follow_up import follow_up
from doudi.urgent.actions.gather import add_people, gather
from doudi.urgent.actions.hang_notice import hang_notice
from doudi.urgent.actions.propose import propose
from doudi.urgent.actions.raise_help import Told, raise_help
from doudi.urgent.actions.record_visit import Found, record_visit
from doudi.urgent.actions.sign import sign
from doudi.urgent.actions.take import take
from doudi.urgent.actions.take_papers import take_papers
from doudi.urgent.figures import Entry
from doudi.urgent.models import FollowUp, HelpCall, Paper

SOMEBODY = Actor("citizen", "demo", "")
FORMS = UUID("00000000-0000-4000-8000-000000000000")
STATION = dt.datetime(2022, 3, 20, 19, 0, tzinfo=CHINA)
THIS_MORNING = dt.datetime(2022, 5, 9, 7, 55, tzinfo=CHINA)
HOMES = ("河南周口", "四川达州", "甘肃陇南", "湖北十堰", "陕西安康")


def _seat(account: str) -> Staff:
    return Staff.objects.get(account=account)


def play_zhang(numbers: dict[str, str]) -> None:
    """22:40 call, next day's visit and 6,000 yuan, papers in twelve days, notice, referral."""
    clerk, review = _seat("longtou.clerk"), _seat("longtou.review")
    county = _seat("chenggu.officer")
    go_to(zhang.NIGHT)
    call = raise_help(uuid5(FORMS, "zhang"), zhang.told(), by=SOMEBODY, at=now())
    go_to(zhang.NIGHT + dt.timedelta(minutes=4))
    take(call.pk, version=None, by=clerk, at=now())
    go_to(zhang.VISIT)
    pair = (str(clerk.pk), str(review.pk))
    record_visit(call.pk, Found(now(), pair, "", zhang.SEEN), version=None, by=clerk, at=now())
    advance = propose(call.pk, zhang.proposal(numbers), version=None, by=clerk, at=now())
    go_to(zhang.VISIT + dt.timedelta(minutes=25))
    sign(advance.pk, version=None, by=county, at=now())
    deliver_all()
    go_to(zhang.PAPERS)
    papers = Paper.objects.filter(advance=advance).values_list("pk", flat=True)
    take_papers(call.pk, list(papers), version=None, by=clerk, at=now())
    hang_notice(call.pk, version=None, by=clerk, at=now())
    _follow(call, "referral", "已转县医保局办理医疗救助", clerk)
    deliver_all()


def _follow(call: HelpCall, kind: str, note: str, by: Staff) -> None:
    found = FollowUp.objects.get(call=call, kind=kind)
    follow_up(found.pk, note, version=None, by=by, at=now())


def play_station(dice: Dice) -> None:
    """176 people in Longtou's waiting room, food and beds for a night, the fare for some."""
    clerk = _seat("longtou.clerk")
    go_to(STATION)
    made = gather(
        zhang.TOWN, "汽车站候车室", "大雪封路，客车停运", now().date(), by=clerk, at=now()
    )
    people: dict[str, Entry] = {}
    while len(people) < 176:
        turn = len(people)
        fare = turn % 4 == 0
        given = ("bed", "food", "fare") if fare else ("bed", "food")
        name = dice.name(("male", "female")[turn % 2])
        home = HOMES[turn % len(HOMES)]
        people.setdefault(name, Entry(name, "", home, given, 12_000 + 8_000 * fare))
    add_people(made.pk, list(people.values()), by=clerk, at=now())
    deliver_all()


def play_this_morning() -> None:
    """A fire in Qili that nobody has answered yet when the demonstration opens."""
    go_to(THIS_MORNING)
    told = Told("fire", "610702008", "12900000091", name="演示住户", persons=2, spot="三组")
    raise_help(uuid5(FORMS, "fire"), told, by=SOMEBODY, at=now())
    deliver_all()
