"""F05 入户调查表: what two people saw, beside what was declared."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from doudi.cases.letters.common import RELATIONS, Data, File
from doudi.cases.letters.household import EXPENSES, HOMES, INCOMES, VEHICLES, health, total
from doudi.cases.models import HomeVisit
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import full_years
from doudi.kernel.resident_id import birth_date
from doudi.regions.queries import name_of, path_name


def visit_record(file: File) -> Data:
    """The newest visit; NotFound before it. What was not written down stays empty for the pen."""
    case = file.case
    visit = HomeVisit.objects.filter(case=case).order_by("-at").first()
    if visit is None:
        raise NotFound("还没有入户调查")
    facts, seen = case.facts.open() or {}, visit.findings.open() or {}
    pairs = list(zip(file.declaration["members"], facts.get("members") or (), strict=False))
    names = [one["name"] for one in visit.visitors]
    return {
        "case_number": case.number,
        "county": name_of(case.county),
        "town": name_of(case.town),
        "village": path_name(case.village_id, since="village"),
        "on": visit.on.isoformat(),
        "visitors": {"first": names[0], "second": "、".join(names[1:])},
        "applicant": case.applicant_name,
        "household_size": case.member_count,
        "members": [_member(own, visit.present, visit.on) for own, _now in pairs],
        "home": _home(facts["property"]) if facts else {},
        "incomes": [row for own, now in pairs for row in _incomes(own, now)],
        "expenses": [row for _own, now in pairs for row in _expenses(now)],
        "health": "；".join(f"{now['name']}：{health(own, now)}" for own, now in pairs),
        "study": "、".join(now["name"] for _own, now in pairs if now["student"] != "none"),
        "neighbours": [{"said": seen["neighbours"]}] if seen.get("neighbours") else [],
        "near_relative": bool(case.near_relative),
        "relative": case.near_relative,
        "causes": file.declaration.get("causes") or [],
        "living": seen.get("home", ""),
        "conclusion": visit.conclusion,
        "signed": {"visitors": "、".join(names)},
    }


def _member(own: Mapping[str, Any], present: str, on: dt.date) -> Data:
    """Present when the record names the person; otherwise it is asked on paper."""
    is_there = own["name"] in present or (own["relation"] == "self" and "本人" in present)
    return {
        "name": own["name"],
        "relation": RELATIONS.get(own["relation"], own["relation"]),
        "age": full_years(birth_date(own["id_number"]), on),
        **({"present": True} if is_there else {}),
    }


def _home(owned: Mapping[str, Any]) -> Data:
    homes = owned["homes"]
    first = homes[0] if homes else {}
    vehicles = "、".join(VEHICLES.get(v["kind"], v["kind"]) for v in owned["vehicles"])
    return {
        "kind": HOMES.get(first.get("kind", ""), "") if homes else "无房",
        "square_metres": first.get("square_metres", ""),
        "vehicles": vehicles or "无",
        "machines": f"{len(owned['machines'])}台" if owned["machines"] else "无",
    }


def _incomes(own: Mapping[str, Any], now: Mapping[str, Any]) -> list[Data]:
    kinds = dict.fromkeys(i["kind"] for i in (*own["income"], *now["income"]))
    return [
        {
            "name": own["name"],
            "kind": INCOMES.get(kind, kind),
            "declared_fen": total(own["income"], (kind,)),
            "found_fen": total(now["income"], (kind,)),
        }
        for kind in kinds
    ]


def _expenses(now: Mapping[str, Any]) -> list[Data]:
    kinds = dict.fromkeys(e["kind"] for e in now["expenses"])
    return [
        {
            "name": now["name"],
            "kind": EXPENSES.get(kind, kind),
            "found_fen": total(now["expenses"], (kind,)),
        }
        for kind in kinds
    ]
