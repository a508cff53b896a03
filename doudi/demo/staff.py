"""The demonstration's offices: three people in each demo town, three in each county, the city."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from doudi.accounts.models import Post, Relative, Staff
from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.demo.dice import Dice
from doudi.departments.actions.seat_clerk import seat_clerk
from doudi.regions.models import Level, Region

PASSWORD = "doudi-demo-2022"  # noqa: S105  shown on the demo's own sign-in page
SINCE = dt.date(2021, 7, 1)
TOWN_ROLES = (("clerk", Role.TOWN_CLERK), ("review", Role.TOWN_REVIEWER), ("head", Role.TOWN_HEAD))
COUNTY_ROLES = (
    ("officer", Role.COUNTY_OFFICER),
    ("check", Role.COUNTY_OFFICER),
    ("finance", Role.COUNTY_FINANCE),
)
CITY_ROLES = (
    ("city", Role.CITY_OFFICER),
    ("system", Role.SYSTEM_ADMIN),
    ("security", Role.SECURITY_ADMIN),
    ("auditor", Role.AUDITOR),
)
# The towns of the three families get plain account names; the others carry their code.
PLAIN = {
    "610702008": "qili",
    "610722101": "longtou",
    "610728104": "bamiao",
    "610727105": "xujiaping",
}
PLAIN_COUNTIES = {"610702": "hantai", "610722": "chenggu", "610728": "zhenba", "610727": "lueyang"}
CITY = "610700000000"
DEPARTMENTS = {
    "公安": "police",
    "人社": "labour",
    "医保": "insurance",
    "住建": "housing",
    "税务": "tax",
    "自然资源": "land",
    "市场监管": "market",
    "教育": "education",
    "卫健": "health",
    "残联": "disabled",
    "农业农村": "farming",
    "退役军人": "veterans",
}


@dataclass(frozen=True)
class Seat:
    """One account to be made: its word, its role, its region, and whether it visits."""

    account: str
    role: Role
    region: str


def _seats() -> list[Seat]:
    seats = [Seat(word, role, CITY) for word, role in CITY_ROLES]
    for county in Region.objects.filter(level=Level.COUNTY):
        plain = PLAIN_COUNTIES.get(county.code[:6], county.code[:6])
        seats += [Seat(f"{plain}.{word}", role, county.code) for word, role in COUNTY_ROLES]
    for town in Region.objects.filter(level=Level.TOWN):
        plain = PLAIN.get(town.code[:9], town.code[:9])
        seats += [Seat(f"{plain}.{word}", role, town.code) for word, role in TOWN_ROLES]
    return seats


def build(dice: Dice, at: dt.datetime) -> None:
    """Makes every seat's person; one password for all, second factors sealed and each its own."""
    _people(_seats(), dice, at)


def build_helpers(dice: Dice, at: dt.datetime) -> None:
    """Village assistants in the families' towns, charities in their counties, data clerks."""
    seats = [
        Seat(f"{plain}.charity", Role.CHARITY, code.ljust(12, "0"))
        for code, plain in PLAIN_COUNTIES.items()
    ]
    for town, plain in PLAIN.items():
        village = Region.objects.filter(level=Level.VILLAGE, code__startswith=town).order_by("code")
        seats.append(Seat(f"{plain}.assistant", Role.VILLAGE_ASSISTANT, village[0].code))
    seats += [Seat(f"{word}.data", Role.DATA_CLERK, CITY) for word in DEPARTMENTS.values()]
    _people(seats, dice, at)
    for agency, word in DEPARTMENTS.items():
        seat_clerk(f"{word}.data", agency, by=SYSTEM, at=at)


def _people(seats: list[Seat], dice: Dice, at: dt.datetime) -> None:
    password = make_password(PASSWORD)
    people = [
        Staff(
            account=seat.account,
            name=dice.name(dice.random.choice(("male", "female"))),
            password=password,
            phone=dice.phone(),
            totp_secret=_secret(dice),
            created_at=at,
        )
        for seat in seats
    ]
    Staff.objects.bulk_create(people)
    Post.objects.bulk_create(
        Post(staff=person, role=seat.role.value, region_id=seat.region, from_on=SINCE)
        for person, seat in zip(people, seats, strict=True)
    )


def _secret(dice: Dice) -> str:
    """A base32 secret of 160 bits; from the seed, so that the demo is the same everywhere."""
    return "".join(dice.random.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(32))


def declare_relative(dice: Dice, id_number: str, name: str, at: dt.datetime) -> None:
    """One clerk's declared brother, so that the near-relative mark can be seen at work."""
    clerk = Staff.objects.get(account="qili.clerk")
    Relative.objects.create(
        staff=clerk, name=name, relation="兄弟姐妹", id_number=id_number, declared_at=at
    )
