"""Is a declaration complete? All problems at once, each with the field it belongs to. Pure."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from doudi.kernel.periods import full_years
from doudi.kernel.resident_id import ResidentIdError, birth_date, parse

Json = Mapping[str, Any]
ADULT = 18


def is_adult(member: Json, on: dt.date) -> bool:
    """Eighteen full years on the day, by the ID number."""
    return full_years(birth_date(member["id_number"]), on) >= ADULT


def signers(declaration: Json, on: dt.date) -> dict[str, bool]:
    """Every member key, and whether the member signs himself (else a guardian signs)."""
    return {m["key"]: is_adult(m, on) for m in declaration["members"]}


def problems(declaration: Json, on: dt.date, *, demo: bool) -> dict[str, str]:
    """Field path → sentence; empty when the application can be submitted."""
    found: dict[str, str] = {}
    applicant = declaration.get("applicant") or {}
    for field, sentence in NEEDED.items():
        if not str(applicant.get(field) or "").strip():
            found[f"applicant.{field}"] = sentence
    members = declaration.get("members") or []
    if not members or members[0].get("relation") != "self":
        found["members"] = "请先填写申请人本人"
    if len(members) > 30:
        found["members"] = "家庭成员最多30人"
    numbers: list[str] = []
    for place, member in enumerate(members):
        found |= _member(f"members[{place}]", member, on, demo, numbers)
    if not (declaration.get("reason") or "").strip():
        found["reason"] = "请用一两句话写明家里的困难"
    return found


NEEDED = {
    "name": "请填写姓名",
    "id_number": "请填写身份证号",
    "phone": "请填写手机号",
    "region": "请选择现在住的村(社区)",
    "address": "请填写住址",
}


def _member(path: str, member: Json, on: dt.date, demo: bool, numbers: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not str(member.get("name") or "").strip():
        found[f"{path}.name"] = "请填写姓名"
    try:
        number = parse(str(member.get("id_number") or ""), on=on, demo=demo)
    except ResidentIdError as error:
        found[f"{path}.id_number"] = str(error)
    else:
        if number in numbers:
            found[f"{path}.id_number"] = "这个身份证号已经填过一次"
        numbers.append(number)
    return found
