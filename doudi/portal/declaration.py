"""A declaration while it grows: its blank shape, its members, and sums to show. Pure."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from doudi.kernel.money import parse_yuan
from doudi.kernel.periods import full_years
from doudi.kernel.resident_id import birth_date, sex

Json = dict[str, Any]
ADULT = 18
MOST_MEMBERS = 30


def member(key: str, relation: str = "") -> Json:
    """A member of whom nothing is said yet."""
    return {
        "key": key,
        "relation": relation,
        "name": "",
        "id_number": "",
        "phone": "",
        "disability": None,
        "serious_illness": False,
        "illness": "",
        "student": "none",
        "school": "",
        "employed": False,
        "excluded": None,
        "supporter": "able",
        "self_care_failed": [],
        "income": [],
        "expenses": [],
    }


def blank(phone: str, region: str = "", area: str = "") -> Json:
    """The shape of a declaration under a proven phone, at a place when the poster named one."""
    return {
        "applicant": {
            "name": "",
            "id_number": "",
            "phone": phone,
            "region": region,
            "address": "",
            "registered_region": "",
            "registered_address": "",
            "area": area,
            "permit": None,
            "bank": None,
        },
        "members": [member("m1", "self")],
        "property": {
            "money_yuan": "0.00",
            "vehicles": [],
            "homes": [],
            "companies": [],
            "machines": [],
        },
        "causes": [],
        "reason": "",
        "helper": None,
        "setting": "dispersed",
        "event": None,
    }


def of_key(declaration: Mapping[str, Any], key: str) -> Json | None:
    """The member of a key, if there is one."""
    return next((m for m in declaration["members"] if m["key"] == key), None)


def next_key(declaration: Mapping[str, Any]) -> str:
    """A key no member has had."""
    numbers = [int(m["key"][1:]) for m in declaration["members"]]
    return f"m{max(numbers, default=0) + 1}"


def others(declaration: Mapping[str, Any], key: str) -> set[str]:
    """The ID numbers of everybody but one."""
    return {m["id_number"] for m in declaration["members"] if m["key"] != key and m["id_number"]}


def age(person: Mapping[str, Any], on: dt.date) -> int | None:
    """Full years by the ID number, once there is one."""
    return full_years(birth_date(person["id_number"]), on) if person["id_number"] else None


def is_child(person: Mapping[str, Any], on: dt.date) -> bool:
    """Under eighteen: a guardian signs."""
    years = age(person, on)
    return years is not None and years < ADULT


def sex_of(person: Mapping[str, Any]) -> str:
    """male or female by the ID number, or "" before there is one."""
    return sex(person["id_number"]) if person["id_number"] else ""


def total_fen(entries: list[Mapping[str, str]]) -> int:
    """The sum of incomes or expenses."""
    return sum(parse_yuan(e["yuan"]) for e in entries)


def photo_kinds(declaration: Mapping[str, Any]) -> list[str]:
    """Which papers help this household; what the state knows is not among them."""
    members = declaration["members"]
    wanted = {
        "permit": declaration["applicant"]["permit"] is not None,
        "disability_card": any(m["disability"] for m in members),
        "medical": any(m["serious_illness"] for m in members) or _spends(members, "medical_own"),
        "school": _spends(members, "tuition") or _spends(members, "boarding"),
        "income": any(m["income"] for m in members),
    }
    return ["household_book", *(kind for kind, is_wanted in wanted.items() if is_wanted), "other"]


def _spends(members: list[Json], kind: str) -> bool:
    return any(e["kind"] == kind for m in members for e in m["expenses"])
