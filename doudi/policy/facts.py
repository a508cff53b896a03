"""What a rule may know of a household, read strictly from JSON (interfaces.md, Household facts)."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from doudi.kernel.money import plain_yuan
from doudi.policy import codes
from doudi.policy.reader import FactError, Reader

MOST_MEMBERS = 30
MOST_ITEMS = 50
TOP = ("case", "on", "region", "area", "setting", "members", "property", "permit", "event")
MEMBER = (
    "name",
    "relation",
    "born",
    "sex",
    "disability",
    "serious_illness",
    "student",
    "employed",
    "excluded",
    "supporter",
    "self_care_failed",
    "income",
    "expenses",
    "special",
)
EVENT = ("kind", "cause", "on", "persons", "months", "own_cost_yuan", "last_same_cause_on")


@dataclass(frozen=True)
class Item:
    """A kind with its sum in fen."""

    kind: str
    fen: int


@dataclass(frozen=True)
class Home:
    """A home with its area in square centimetres."""

    kind: str
    square_cm: int


@dataclass(frozen=True)
class Member:
    """One person; sums are of the twelve months before the application, in fen."""

    name: str
    relation: str
    born: dt.date
    sex: str
    disability_kind: str
    disability_grade: int
    serious_illness: bool
    student: str
    employed: bool
    excluded: str
    supporter: str
    self_care_failed: tuple[str, ...]
    income: tuple[Item, ...]
    expenses: tuple[Item, ...]
    special: str = "none"


@dataclass(frozen=True)
class Permit:
    """A residence permit (居住证)."""

    issued: dt.date
    last_endorsed: dt.date
    registered_region: str


@dataclass(frozen=True)
class Event:
    """What temporary aid is asked for."""

    kind: str
    cause: str
    on: dt.date
    persons: int
    months: int
    own_cost: int
    last_same_cause_on: dt.date | None


@dataclass(frozen=True)
class HouseholdFacts:
    """One household on one day."""

    case: str
    on: dt.date
    region: str
    area: str
    setting: str
    members: tuple[Member, ...]
    money: int
    vehicles: tuple[Item, ...]
    homes: tuple[Home, ...]
    companies: int
    machines: int
    permit: Permit | None
    event: Event | None

    @property
    def county(self) -> str:
        """Six digits."""
        return self.region[:6]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The members' names; a name that comes again gets its number."""
        given = [member.name for member in self.members]
        times = [given[: n + 1].count(name) for n, name in enumerate(given)]
        return tuple(f"{name}#{t}" if t > 1 else name for name, t in zip(given, times, strict=True))


def parse_household(thing: Any, on: dt.date | None = None) -> HouseholdFacts:
    """Facts from JSON; FactError names path and reason. `on` replaces the day in the facts."""
    top = Reader(thing, "").object(*TOP, optional=("permit", "event"))
    day = top["on"].date()
    region = top["region"].digits((9, 12))
    members = top["members"].items(MOST_MEMBERS)
    if not members:
        raise FactError("members", "至少要有一名家庭成员")
    property_ = top["property"].object("money_yuan", "vehicles", "homes", "companies", "machines")
    return HouseholdFacts(
        case=top["case"].text(100),
        on=on or day,
        region=region,
        area=top["area"].word(codes.AREAS),
        setting=top["setting"].word(codes.SETTINGS),
        members=tuple(_member(m, on or day) for m in members),
        money=property_["money_yuan"].yuan(),
        vehicles=_sums(property_["vehicles"], codes.VEHICLES),
        homes=tuple(_home(h) for h in property_["homes"].items(MOST_ITEMS)),
        companies=_count(property_["companies"]),
        machines=_count(property_["machines"]),
        permit=None if top["permit"].empty else _permit(top["permit"], on or day),
        event=None if top["event"].empty else _event(top["event"], on or day),
    )


def _member(reader: Reader, on: dt.date) -> Member:
    o = reader.object(*MEMBER, optional=("disability", "excluded", "special"))
    born = o["born"].date()
    if born > on:
        raise FactError(o["born"].path, "出生日期晚于核算日期")
    kind, grade = _disability(o["disability"])
    return Member(
        name=o["name"].text(60),
        relation=o["relation"].word(codes.RELATIONS),
        born=born,
        sex=o["sex"].word(codes.SEXES),
        disability_kind=kind,
        disability_grade=grade,
        serious_illness=o["serious_illness"].truth(),
        student=o["student"].word(codes.STUDENTS),
        employed=o["employed"].truth(),
        excluded="none" if o["excluded"].empty else o["excluded"].word(codes.EXCLUSIONS[1:]),
        supporter=o["supporter"].word(codes.SUPPORTERS),
        self_care_failed=_self_care(o["self_care_failed"]),
        income=_sums(o["income"], codes.INCOMES),
        expenses=_sums(o["expenses"], codes.EXPENSES),
        special="none" if o["special"].empty else o["special"].word(codes.SPECIAL[1:]),
    )


def _self_care(reader: Reader) -> tuple[str, ...]:
    words = tuple(item.word(codes.SELF_CARE) for item in reader.items(len(codes.SELF_CARE)))
    if len(set(words)) != len(words):
        raise FactError(reader.path, "同一项不能写两次")
    return words


def _disability(reader: Reader) -> tuple[str, int]:
    if reader.empty:
        return "none", 0
    o = reader.object("kind", "grade")
    return o["kind"].word(codes.DISABILITIES[1:]), o["grade"].whole(1, 4)


def _sums(reader: Reader, kinds: tuple[str, ...]) -> tuple[Item, ...]:
    entries = (item.object("kind", "yuan") for item in reader.items(MOST_ITEMS))
    return tuple(Item(o["kind"].word(kinds), o["yuan"].yuan()) for o in entries)


def _count(reader: Reader) -> int:
    """How many things are listed; each is a text or an object of texts."""
    for item in reader.items(MOST_ITEMS):
        item.note()
    return len(reader.thing)


def _home(reader: Reader) -> Home:
    o = reader.object("kind", "square_metres")
    # A square metre is 10,000 square centimetres; with two decimals it has the shape of yuan.
    return Home(o["kind"].word(codes.HOMES), o["square_metres"].yuan() * 100)


def _permit(reader: Reader, on: dt.date) -> Permit:
    o = reader.object("issued", "last_endorsed", "registered_region")
    issued, endorsed = o["issued"].date(), o["last_endorsed"].date()
    if issued > on:
        raise FactError(o["issued"].path, "发证日期晚于核算日期")
    if not issued <= endorsed <= on:
        raise FactError(o["last_endorsed"].path, "签注日期应在发证日期和核算日期之间")
    return Permit(issued, endorsed, o["registered_region"].digits((6, 9, 12)))


def _event(reader: Reader, on: dt.date) -> Event:
    o = reader.object(*EVENT, optional=("last_same_cause_on",))
    happened = o["on"].date()
    if happened > on:
        raise FactError(o["on"].path, "事件日期晚于核算日期")
    last = None if o["last_same_cause_on"].empty else o["last_same_cause_on"].date()
    if last and last > on:
        raise FactError(o["last_same_cause_on"].path, "上次救助日期晚于核算日期")
    return Event(
        kind=o["kind"].word(codes.EVENTS[1:]),
        cause=o["cause"].text(200),
        on=happened,
        persons=o["persons"].whole(1, MOST_MEMBERS),
        months=o["months"].whole(0, 120),
        own_cost=o["own_cost_yuan"].yuan(),
        last_same_cause_on=last,
    )


def facts_to_json(facts: HouseholdFacts) -> dict[str, Any]:
    """The JSON that parses to the same facts."""
    event, permit = facts.event, facts.permit
    return {
        "case": facts.case,
        "on": facts.on.isoformat(),
        "region": facts.region,
        "area": facts.area,
        "setting": facts.setting,
        "members": [_member_json(m) for m in facts.members],
        "property": {
            "money_yuan": plain_yuan(facts.money),
            "vehicles": _items_json(facts.vehicles),
            "homes": [
                {"kind": h.kind, "square_metres": plain_yuan(h.square_cm // 100)}
                for h in facts.homes
            ],
            "companies": [{}] * facts.companies,
            "machines": [{}] * facts.machines,
        },
        "permit": permit
        and {
            "issued": permit.issued.isoformat(),
            "last_endorsed": permit.last_endorsed.isoformat(),
            "registered_region": permit.registered_region,
        },
        "event": event
        and {
            "kind": event.kind,
            "cause": event.cause,
            "on": event.on.isoformat(),
            "persons": event.persons,
            "months": event.months,
            "own_cost_yuan": plain_yuan(event.own_cost),
            "last_same_cause_on": event.last_same_cause_on and event.last_same_cause_on.isoformat(),
        },
    }


def _items_json(items: tuple[Item, ...]) -> list[dict[str, str]]:
    return [{"kind": item.kind, "yuan": plain_yuan(item.fen)} for item in items]


def _member_json(m: Member) -> dict[str, Any]:
    disabled = {"kind": m.disability_kind, "grade": m.disability_grade}
    return {
        "name": m.name,
        "relation": m.relation,
        "born": m.born.isoformat(),
        "sex": m.sex,
        "disability": disabled if m.disability_grade else None,
        "serious_illness": m.serious_illness,
        "student": m.student,
        "employed": m.employed,
        "excluded": None if m.excluded == "none" else m.excluded,
        "supporter": m.supporter,
        "self_care_failed": list(m.self_care_failed),
        "income": _items_json(m.income),
        "expenses": _items_json(m.expenses),
        "special": None if m.special == "none" else m.special,
    }
