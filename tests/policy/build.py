"""Household facts in a few words: whatever is left out takes an ordinary value."""

import datetime as dt
from pathlib import Path
from typing import Any

from doudi.policy.pack import load_pack

ROOT = Path(__file__).resolve().parent.parent.parent
PACK = load_pack(ROOT / "doudi/packs/hanzhong")
REGIONS = {"urban": "610702008", "rural": "610728104"}
MEMBER: dict[str, Any] = {
    "relation": "other",
    "born": "1980-01-01",
    "sex": "female",
    "disability": None,
    "serious_illness": False,
    "student": "none",
    "employed": False,
    "excluded": None,
    "supporter": "able",
    "self_care_failed": [],
    "special": None,
}
EVENT: dict[str, Any] = {
    "kind": "urgent",
    "cause": "住院",
    "on": None,
    "persons": 1,
    "months": 1,
    "own_cost_yuan": "0",
    "last_same_cause_on": None,
}


def household(short: dict[str, Any]) -> dict[str, Any]:
    """Full facts as JSON from a short case."""
    on = str(short.get("at", "2022-06-01"))
    area = short.get("area", "urban")
    people = short.get("members") or [{k: short[k] for k in ("income", "expenses") if k in short}]
    event = short.get("event")
    return {
        "case": short.get("name", "例"),
        "on": on,
        "region": short.get("region", REGIONS[area]),
        "area": area,
        "setting": short.get("setting", "dispersed"),
        "members": [member(person, place) for place, person in enumerate(people, 1)],
        "property": _property(short.get("property", {})),
        "permit": short.get("permit"),
        "event": event and _days(EVENT | {"on": on} | event),
    }


def member(short: dict[str, Any], place: int = 1) -> dict[str, Any]:
    """One member; `income` and `expenses` are kind → yuan."""
    name = "本人" if place == 1 else f"成员{place}"
    full = {"name": name} | MEMBER | short
    full["relation"] = "self" if place == 1 else full["relation"]
    full["income"] = _sums(short.get("income", {}))
    full["expenses"] = _sums(short.get("expenses", {}))
    return _days(full)


def _sums(by_kind: dict[str, str]) -> list[dict[str, str]]:
    return [{"kind": kind, "yuan": yuan} for kind, yuan in by_kind.items()]


def _days(thing: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in thing.items()}


def _property(short: dict[str, Any]) -> dict[str, Any]:
    return {
        "money_yuan": short.get("money_yuan", "0"),
        "vehicles": [{"kind": kind, "yuan": "0"} for kind in short.get("vehicles", [])],
        "homes": [{"kind": kind, "square_metres": "60"} for kind in short.get("homes", [])],
        "companies": short.get("companies", []),
        "machines": short.get("machines", []),
    }
