"""The city's running awards, two paid months and a week of its journal, for the same pages."""

import datetime as dt
from collections import Counter
from itertools import count
from typing import Any

from bench.desk_city import END, PERSONS, City, put
from doudi.accounts.models import Post, Relative, Staff
from doudi.accounts.permissions import Role
from doudi.benefits.models import Roll
from doudi.clock.time import now
from doudi.people.models import Person
from doudi.regions.models import Level, Region

MONTHS = ("2022-04", "2022-05")
EACH = 5  # one person in five holds an award
STAFF, LINES_A_DAY = 2_000, 50_000
ACTS = ("case.viewed", "case.listed", "desk.searched", "case.accept", "case.assess", "case.review")
ODDS = (50, 20, 15, 5, 5, 5)


def build() -> None:
    """Awards with who is covered, the rolls of two months with their lines, the journal."""
    city = City()
    _money(city)
    _journal(city, PERSONS // 5)


def _money(city: City) -> None:
    town = dict(Region.objects.values_list("pk", "pk"))
    rows = Person.objects.order_by("pk").values_list("pk", "name", "registered_region")
    at, awards, covered = city.at(END), [], []
    for n, (person, name, village) in enumerate(rows.iterator(5_000)):
        if n % EACH:
            continue
        key, fen = city.key(), city.dice.randrange(10_000, 200_000)
        place = (village[:6], village[:9], town[village])
        sums = (fen, fen, 1 + n % 3)
        who = person.hex if city.is_lite else person
        of_award = (key, f"B{n:09d}", "dibao", "rural", city.key(), *place, who, name)
        awards.append((*of_award, city.ref(), *sums, "2021-07", at))
        covered.append((key, who))
    put("benefits.Award", awards, *OF_AWARD)
    put("benefits.AwardPerson", covered, "award_id", "person_id")
    _rolls(city, awards)


OF_AWARD = (
    *("id", "number", "programme", "area", "household_id", "county", "town", "village"),
    *("payee_id", "payee_name", "account_index", "monthly_fen", "base_fen", "household_size"),
    *("start_month", "opened_at"),
)


def _rolls(city: City, awards: list[tuple[Any, ...]]) -> None:
    at, rolls, lines = city.at(END), [], []
    totals: Counter[str] = Counter()
    for award in awards:
        totals[award[5]] += award[11]
    keys = {(county, month): city.key() for county in totals for month in MONTHS}
    for (county, month), key in keys.items():
        number = f"M{county}{month.replace('-', '')}"
        rolls.append((key, number, county, month, "draft", totals[county], "1", "演示", at))
    of_roll = ("id", "number", "county", "month", "stage", "total_fen")
    put("benefits.Roll", rolls, *of_roll, "prepared_by_id", "prepared_by", "prepared_at")
    for month in MONTHS:
        for award in awards:
            ref = f"{award[1]}{month.replace('-', '')}"
            line = (city.key(), ref, keys[award[5], month], award[0], award[8], month)
            lines.append((*line, "dibao", award[11], "paid"))
    of_line = ("id", "end_to_end_id", "roll_id", "award_id", "person_id", "month")
    put("benefits.Payment", lines, *of_line, "kind", "amount_fen", "stage")
    for stage in ("checked", "released", "sent", "settled"):
        Roll.objects.update(stage=stage)


def _journal(city: City, cases: int) -> None:
    """Seven days of officers who look, search and decide; hashes are not computed."""
    from doudi.cases.models import Case  # noqa: PLC0415  read only here

    keys = [str(pk) for pk in Case.objects.order_by("pk").values_list("pk", flat=True)[:cases]]
    counties = sorted({village.code[:6] for village in city.villages})
    officers = [str(city.dice.getrandbits(64)) for _n in range(STAFF)]
    series = {county: count(1) for county in counties}
    lines = []
    for n in range(LINES_A_DAY * 7):
        day, place = divmod(n, LINES_A_DAY)
        second = dt.timedelta(seconds=9 * 3600 + place * 28_800 // LINES_A_DAY)
        moment = dt.datetime.combine(END - dt.timedelta(days=7 - day), dt.time()) + second
        who = city.dice.randrange(STAFF)
        county = counties[who % len(counties)]
        action = city.dice.choices(ACTS, ODDS)[0]
        subject = f"case:{city.dice.choice(keys)}"
        told = moment.isoformat(" ") if city.is_lite else moment.replace(tzinfo=dt.UTC)
        line = (county, next(series[county]), told, "staff", officers[who], "演示", action, subject)
        lines.append((*line, "0" * 64, "0" * 64))
    of_line = ("chain", "seq", "at", "actor_kind", "actor_id", "actor_name", "action", "subject")
    put("audit.Entry", lines, *of_line, "prev_hash", "hash")
    heads = ((county, next(series[county]) - 1, "0" * 64) for county in counties)
    put("audit.Head", heads, "chain", "seq", "hash")


def relatives() -> None:
    """A thousand officers of the towns, each with three near relatives of common names."""
    if Relative.objects.exists():
        return
    dice, at = City(), now()
    towns = list(Region.objects.filter(level=Level.TOWN).order_by("code"))
    people = [
        Staff(account=f"town.{n}", name=dice.name(), created_at=at) for n in range(STAFF // 2)
    ]
    Staff.objects.bulk_create(people)
    since = END.replace(year=2020)
    Post.objects.bulk_create(
        Post(staff=p, role=Role.TOWN_CLERK.value, region=towns[n % len(towns)], from_on=since)
        for n, p in enumerate(people)
    )
    Relative.objects.bulk_create(
        Relative(
            staff=person,
            name=dice.name(),
            relation="兄弟",
            id_number=f"61079919700101{n:04d}",
            declared_at=at,
        )
        for person in people
        for n in range(3)
    )
