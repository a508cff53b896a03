"""A city of cases and people for the desk's pages: written in sets, synthetic, one seed.

Nothing of it was assessed or signed; only what lists, search and month page read is there.
"""

import datetime as dt
import json
import random
import uuid
from array import array
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
from django.apps import apps
from django.db import connection
from django.db.models import JSONField

from doudi.cases.queries import pack
from doudi.kernel.initials import beginnings, initials
from doudi.regions.models import Level, Region
from doudi.vault.index import find_key

CASES, PERSONS, OPEN_SHARE, MONTHS, SEED = 100_000, 500_000, 0.08, 30, 7
END = dt.date(2022, 5, 20)
UTC8 = dt.timezone(dt.timedelta(hours=8))
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭肖蔡潘田董袁于余叶蒋杜苏"
    "魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛"
    "郝龚邵万覃武钱戚单解仇查乐区翟"
)
GIVEN = (
    "明建国华秀英丽芳军伟强敏静杰涛超勇艳娟平刚桂兰玉珍凤梅红霞文斌辉宏春生林东波宁志"
    "新光天凯云莲真环雪荣爱妹香月莺媛瑞佳嘉琼勤珠贞"
)
OPEN = ("submitted", "accepted", "assessed", "reviewed", "noticed")
WAY = OPEN
PROGRAMMES = ("dibao", "dibao", "dibao", "borderline", "temporary_aid", "tekun")


def put(model: str, rows: Iterable[tuple[Any, ...]], *columns: str) -> None:
    """Writes rows by the database's own fastest way; a column not named gets its default."""
    table = apps.get_model(model)._meta.db_table
    rest = _defaults(model, columns)
    named = ", ".join(f'"{c}"' for c in (*columns, *rest))
    whole = ((*row, *rest.values()) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:  # type: ignore[attr-defined]
                for row in whole:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * (len(columns) + len(rest)))
        plain = connection.connection
        plain.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({marks})', whole)  # noqa: S608  names of our own tables


def _defaults(model: str, columns: Iterable[str]) -> dict[str, Any]:
    """Columns that may not be empty and were not named: a new one must not break the city."""
    found: dict[str, Any] = {}
    for field in apps.get_model(model)._meta.concrete_fields:
        if field.column in columns or field.null or field.primary_key or field.generated:
            continue
        default = field.get_default()
        is_json = isinstance(field, JSONField)
        found[field.column] = json.dumps(default) if is_json else field.to_python(default)
    return found


def hasten() -> None:
    """SQLite keeps the city in memory until it stands: a torn one is thrown away, not mended."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for words in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1500000"):
            cursor.execute(f"PRAGMA {words}")


class City:
    """The dice, the villages, and how a database writes a key and an instant."""

    def __init__(self) -> None:
        self.dice = random.Random(SEED)
        self.villages = list(Region.objects.filter(level=Level.VILLAGE).order_by("code"))
        self.is_lite = connection.vendor == "sqlite"

    def key(self) -> Any:
        """A new UUID as the database keeps it."""
        made = uuid.UUID(int=self.dice.getrandbits(128), version=4)
        return made.hex if self.is_lite else made

    def at(self, day: dt.date, hour: int = 9) -> Any:
        """An instant as the database keeps it."""
        made = dt.datetime.combine(day, dt.time(hour), UTC8)
        return made.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ") if self.is_lite else made

    def day(self, value: dt.date | None) -> Any:
        """A day as the database keeps it."""
        return value.isoformat() if value and self.is_lite else value

    def name(self) -> str:
        """Two or three characters."""
        given = "".join(self.dice.choices(GIVEN, k=self.dice.choice((1, 2, 2))))
        return self.dice.choice(SURNAMES) + given

    def ref(self) -> str:
        """What stands for the keyed index of an ID number."""
        return f"{self.dice.getrandbits(128):032x}"


def sealed(city: City, size: int) -> bytes:
    """What lies sealed in a row: bytes that say nothing, as long as the real ones."""
    return city.dice.randbytes(size)


@cache
def _key(kind: str, text: str) -> int:
    return find_key(kind, text)


@cache
def _name_keys(name: str) -> tuple[int, ...]:
    read = {part for reading in initials(name) for part in beginnings(reading)}
    keys = {_key("name", part) for part in beginnings(name)}
    return tuple(keys | {_key("initials", part) for part in read})


def _keys(city: City, name: str, has_phone: bool) -> set[int]:
    """As make_findable computes them, from invented last digits."""
    found = set(_name_keys(name))
    for _number in range(1 + has_phone):
        tail = f"{city.dice.randrange(10**6):06d}"
        found |= {_key("digits", tail[-n:]) for n in (4, 5, 6)}
    return found


def build() -> None:
    """Everything, in the order of the foreign keys."""
    city = City()
    refs: list[tuple[str, str]] = []
    _people(city, refs)
    _cases(city, refs)
    _find_keys(city, refs)


def counted() -> dict[str, int]:
    """How many rows the tables have."""
    tables = {"cases": "cases.Case", "persons": "people.Person", "search keys": "people.FindKey"}
    return {name: apps.get_model(model).objects.count() for name, model in tables.items()}


def _find_keys(city: City, refs: list[tuple[str, str]]) -> None:
    """In the order of their index, so that the tree grows at its end."""
    keys, whose = array("q"), array("l")
    for n, (_ref, name) in enumerate(refs):
        found = _keys(city, name, n % 5 < 2)
        keys.extend(found)
        whose.extend([n] * len(found))
    order = np.lexsort((np.array(whose), np.array(keys)))
    put("people.FindKey", ((keys[n], refs[whose[n]][0]) for n in order), "key", "ref")


def _people(city: City, refs: list[tuple[str, str]]) -> None:
    """Persons in households of two or three; a third of them in benefit."""
    made, homes, lives, marks = [], [], [], []
    since = city.day(dt.date(2015, 1, 1))
    home = None
    for n in range(PERSONS):
        if n % 5 in (0, 2):
            home, village = city.key(), city.dice.choice(city.villages)
            homes.append((home, village.code, village.area or "rural", city.at(END)))
        person, ref, name = city.key(), city.ref(), city.name()
        refs.append((ref, name))
        born = city.day(dt.date(1935, 1, 1) + dt.timedelta(days=city.dice.randrange(30_000)))
        made.append((person, name, ref, "male", born, village.code, city.at(END)))
        lives.append((home, person, "self", since))
        if n % 3 == 0:
            marks.append((person, "dibao", village.code[:6], city.key(), "2022-01", ""))
    of_person = ("id", "name", "id_index", "sex", "born_on", "registered_region", "created_at")
    put("people.Person", made, *of_person)
    put("people.Household", homes, "id", "region_id", "area", "created_at")
    put("people.Membership", lives, "household_id", "person_id", "relation", "from_on")
    of_mark = ("person_id", "programme", "county", "award_ref", "from_month", "until_month")
    put("people.BenefitMark", marks, *of_mark)


def _cases(city: City, refs: list[tuple[str, str]]) -> None:
    """Cases over thirty months, the newest tenth open; each with its stages and its decision."""
    add = cache(lambda day, n: pack().calendar.add_workdays(day, n).on)
    found: dict[str, list[tuple[Any, ...]]] = {
        name: [] for name in ("applications", "cases", "members", "spells", "assessed", "decided")
    }
    series: dict[str, int] = {}
    for n in range(CASES):
        _one_case(city, refs, n, found, series, add)
    _write(found)


def _one_case(
    city: City, refs: list[tuple[str, str]], n: int, found: Any, series: dict[str, int], add: Any
) -> None:
    dice, village = city.dice, city.dice.choice(city.villages)
    is_open = n >= CASES * (1 - OPEN_SHARE)
    back = dice.randrange(25) if is_open else dice.randrange(30, MONTHS * 30)
    begun = END - dt.timedelta(days=back)
    place = n * 3 % (PERSONS - 3)
    name = refs[place][1]
    prefix = f"SQ{village.code[:9]}{begun:%y%m%d}"
    series[prefix] = series.get(prefix, 0) + 1
    number = f"{prefix}{series[prefix]:04d}{n % 10}"
    application, case = city.key(), city.key()
    channel = dice.choice(("code", "window", "assistant"))
    stage = (
        dice.choice(OPEN)
        if is_open
        else dice.choices(("confirmed", "refused", "withdrawn", "not_accepted"), (80, 12, 4, 4))[0]
    )
    took = dice.choice((6, 8, 9, 11, 13, 15, 17))
    ended = None if is_open else add(begun, took)
    accepted = begun if stage == "submitted" else add(begun, 1)
    accepted_on = None if stage in ("submitted", "not_accepted") else accepted
    due = add(accepted, 15) if accepted_on else None
    programme = dice.choice(PROGRAMMES) if stage not in ("submitted", "accepted") else ""
    found["applications"].append(
        (
            application,
            number,
            f"t{n}",
            name,
            refs[place][0],
            "0" * 64,
            channel,
            "",
            city.at(begun),
            sealed(city, 2_500),
        )
    )
    found["cases"].append(
        (
            case,
            application,
            number,
            name,
            channel,
            stage,
            "delegated-2022",
            village.code,
            village.code[:9],
            village.code[:6],
            village.area or "rural",
            3,
            city.at(begun),
            city.day(accepted_on),
            city.day(due),
            False,
            "",
            json.dumps({}),
            json.dumps({}),
            programme,
            city.at(ended or END),
            city.at(ended) if ended else None,
            city.day(ended),
            5,
            sealed(city, 1_500) if programme else None,
        )
    )
    found["members"] += [(application, f"m{k}", refs[place + k][0]) for k in range(3)]
    place = (village.code, village.code[:9], village.code[:6])
    _spells(city, (case, *place, programme), (begun, stage, took), found, add)
    if stage in ("confirmed", "refused"):
        _decision(city, case, ended, stage, programme, found)


def _spells(city: City, case: Any, went: tuple[dt.date, str, int], found: Any, add: Any) -> None:
    """The stages it went through; the one it stands in is open."""
    begun, stage, took = went
    way = WAY if stage not in OPEN else WAY[: WAY.index(stage) + 1]
    step, since = max(took // len(WAY), 1), begun
    for place, here in enumerate(way):
        is_last = here == stage
        until = None if is_last else add(since, step)
        found["spells"].append(
            (
                *case,
                here,
                city.at(since, 9 + place),
                city.at(until, 9 + place) if until else None,
                None if is_last else step,
            )
        )
        since = until or since


def _decision(city: City, case: Any, ended: Any, stage: str, programme: str, found: Any) -> None:
    assessment, granted = city.key(), stage == "confirmed"
    fen = city.dice.randrange(20_000, 200_000) if granted else 0
    at, once = city.at(ended), programme == "temporary_aid"
    monthly, one = (0, fen) if once else (fen, 0)
    by = ("1", "演示")
    found["assessed"].append(
        (
            assessment,
            case,
            at,
            *by,
            json.dumps({}),
            "",
            "",
            programme,
            programme,
            monthly,
            one,
            3,
            "",
            sealed(city, 4_000),
        )
    )
    found["decided"].append(
        (city.key(), case, at, *by, assessment, granted, programme, monthly, one, "2022-06", "")
    )


def _write(found: Any) -> None:
    put(
        "cases.Application",
        found["applications"],
        "id",
        "number",
        "tracking_index",
        "applicant_name",
        "applicant_id_index",
        "declaration_sha256",
        "channel",
        "helper",
        "submitted_at",
        "declaration",
    )
    put(
        "cases.Case",
        found["cases"],
        "id",
        "application_id",
        "number",
        "applicant_name",
        "channel",
        "stage",
        "process",
        "village_id",
        "town",
        "county",
        "area",
        "member_count",
        "submitted_at",
        "accepted_on",
        "due_on",
        "due_provisional",
        "near_relative",
        "elsewhere",
        "origins",
        "programme",
        "last_event_at",
        "ended_at",
        "ended_on",
        "version",
        "facts",
    )
    put("cases.Applied", found["members"], "application_id", "key", "id_index")
    of_spell = ("case_id", "village_id", "town", "county", "programme")
    put("cases.Spell", found["spells"], *of_spell, "stage", "since_at", "until_at", "days")
    put(
        "cases.Assessment",
        found["assessed"],
        "id",
        "case_id",
        "at",
        "by_id",
        "by_name",
        "book",
        "book_hash",
        "rules_version",
        "recommended",
        "chosen",
        "monthly_fen",
        "once_fen",
        "persons",
        "reason",
        "findings",
    )
    put(
        "cases.Decision",
        found["decided"],
        "id",
        "case_id",
        "at",
        "by_id",
        "by_name",
        "assessment_id",
        "granted",
        "programme",
        "monthly_fen",
        "once_fen",
        "start_month",
        "reason",
    )
