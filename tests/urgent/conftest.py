"""A town and a county with people on duty, and a man who asks for help at night."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from uuid import uuid4

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.clock.time import CHINA, now
from doudi.outbox.deliver import deliver_all
from doudi.urgent.actions.propose import Proposal, propose
from doudi.urgent.actions.raise_help import Told, raise_help
from doudi.urgent.actions.record_visit import Found, record_visit
from doudi.urgent.actions.set_roster import Shift, add_shift
from doudi.urgent.actions.take import take
from doudi.urgent.models import HelpCall
from tests.factories.cases import demo_database, id_number, staff

TOWN, COUNTY = "610722101", "610722"
NIGHT = dt.datetime(2022, 3, 15, 22, 40, tzinfo=CHINA)  # a Tuesday
ZHANG = id_number("1968-11-05", 1)
PHONE = "12900000021"
ACCOUNT = "6210990000000000036"
CITIZEN = Actor("citizen", "", "")


@pytest.fixture
def desk(city: None, clock: object) -> SimpleNamespace:
    """Longtou's clerk, reviewer and head; Chenggu's officer, a second one, and finance."""
    demo_database()
    clock.move_to(NIGHT)
    seats = {
        "clerk": (Role.TOWN_CLERK, TOWN),
        "review": (Role.TOWN_REVIEWER, TOWN),
        "head": (Role.TOWN_HEAD, TOWN),
        "officer": (Role.COUNTY_OFFICER, COUNTY),
        "second": (Role.COUNTY_OFFICER, COUNTY),
        "elsewhere": (Role.COUNTY_OFFICER, "610702"),
    }
    names = dict(zip(seats, ("陈", "魏", "何", "蒋", "沈", "韩"), strict=True))
    return SimpleNamespace(
        **{
            word: staff(f"z.{word}", role, region, f"{names[word]}值班")
            for word, (role, region) in seats.items()
        }
    )


@pytest.fixture
def roster(desk: SimpleNamespace) -> SimpleNamespace:
    """Nights: the clerk, then the reviewer; days: the reviewer; the county day and night."""
    for weekday in range(7):
        add_shift(TOWN, Shift(desk.clerk.pk, 18, 8, weekday, order=1), by=desk.head, at=now())
        add_shift(TOWN, Shift(desk.review.pk, 18, 8, weekday, order=2), by=desk.head, at=now())
        add_shift(TOWN, Shift(desk.review.pk, 8, 18, weekday, order=1), by=desk.head, at=now())
        add_shift(COUNTY, Shift(desk.officer.pk, 0, 24, weekday), by=desk.officer, at=now())
    return desk


def told(**more: object) -> Told:
    """What Zhang's daughter types at 22:40."""
    values = {
        "kind": "illness",
        "region": TOWN,
        "phone": PHONE,
        "name": "张德福",
        "what": "住院了，押金交不起",
        "spot": "县医院肿瘤科3床",
        "persons": 3,
        "needed_fen": 8_600_000,
    }
    return Told(**values | more)


def raised(**more: object) -> HelpCall:
    """A call for help, acknowledged, its messages queued."""
    call = raise_help(uuid4(), told(**more), by=CITIZEN, at=now())
    deliver_all()
    return HelpCall.objects.get(pk=call.pk)


Visited = Callable[..., HelpCall]


def visited(desk: SimpleNamespace, clock: object, **more: object) -> HelpCall:
    """Answered at once, visited the next morning."""
    call = raised(**more)
    take(call.pk, version=None, by=desk.clerk, at=now())
    clock.shift(dt.timedelta(hours=12))
    pair = (str(desk.clerk.pk), str(desk.review.pk))
    record_visit(
        call.pk,
        Found(now(), pair, "", "住院属实，家中无积蓄"),
        version=None,
        by=desk.clerk,
        at=now(),
    )
    deliver_all()
    return HelpCall.objects.get(pk=call.pk)


def proposed(call: HelpCall, by: object, **more: object) -> object:
    """6,000 yuan to Zhang's account."""
    values = {
        "amount_fen": 600_000,
        "manner": "account",
        "payee_name": "张德福",
        "payee_id_number": ZHANG,
        "bank": "演示农商银行",
        "account": ACCOUNT,
        "reason": "押金缺口大，一事一议",
    }
    return propose(call.pk, Proposal(**values | more), version=None, by=by, at=now())
