"""Is a declaration complete? All problems at once, each with the field it belongs to. Pure."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from doudi.kernel.periods import full_years
from doudi.kernel.resident_id import ResidentIdError, birth_date, normalise, parse
from doudi.kernel.sentences import Sentence
from doudi.policy.pack import Process

Json = Mapping[str, Any]
ADULT = 18


def is_adult(member: Json, on: dt.date) -> bool:
    """Eighteen full years on the day, by the ID number."""
    return full_years(birth_date(member["id_number"]), on) >= ADULT


def signers(declaration: Json, on: dt.date) -> dict[str, bool]:
    """Every member key, and whether the member signs himself (else a guardian signs)."""
    return {m["key"]: is_adult(m, on) for m in declaration["members"]}


def problems(declaration: Json, on: dt.date, *, demo: bool, alone: bool = True) -> dict[str, str]:
    """Field path → sentence; empty when the application can be submitted.

    Whoever fills it in alone has a phone; at a window nobody needs one (`alone` False).
    """
    found: dict[str, str] = {}
    applicant = declaration.get("applicant") or {}
    for field, sentence in NEEDED.items():
        if field == "phone" and not alone:
            continue
        if not str(applicant.get(field) or "").strip():
            found[f"applicant.{field}"] = sentence
    found |= _too_long(applicant)
    members = declaration.get("members") or []
    found |= _household(members, applicant)
    numbers: list[str] = []
    for place, member in enumerate(members):
        found |= _member(f"members[{place}]", member, on, demo, numbers)
    if not (declaration.get("reason") or "").strip():
        found["reason"] = "请用一两句话写明家里的困难"
    return found


def _household(members: Sequence[Json], applicant: Json) -> dict[str, str]:
    """The applicant first and the same person, nobody twice, not too many."""
    if not members or members[0].get("relation") != "self":
        return {"members": "请先填写申请人本人"}
    if len(members) > MOST_MEMBERS:
        return {"members": Sentence("家庭成员最多{most}人", most=MOST_MEMBERS)}
    if len({m.get("key") for m in members}) < len(members):
        return {"members": "家庭成员填重了，请删去一人再填"}
    if _plain(members[0]) != _plain(applicant):
        return {"members[0].id_number": "与申请人的身份证号不一致"}
    return {}


def _plain(person: Json) -> str:
    return normalise(str(person.get("id_number") or ""))


def _too_long(applicant: Json) -> dict[str, str]:
    """What would not fit on the paper."""
    bank = applicant.get("bank") or {}
    texts = {"name": applicant.get("name"), "bank.holder": bank.get("holder")}
    texts["bank.bank"] = bank.get("bank")
    return {
        f"applicant.{field}": Sentence("不能超过{most}个字", most=LONGEST)
        for field, text in texts.items()
        if len(str(text or "")) > LONGEST
    }


LONGEST = 40
MOST_MEMBERS = 30
NEEDED = {
    "name": "请填写姓名",
    "id_number": "请填写身份证号",
    "phone": "请填写手机号",
    "region": "请选择现在住的村（社区）",
    "address": "请填写住址",
}


def _member(path: str, member: Json, on: dt.date, demo: bool, numbers: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not 0 < len(str(member.get("name") or "").strip()) <= LONGEST:
        found[f"{path}.name"] = "请填写姓名（不超过40个字）"
    try:
        number = parse(str(member.get("id_number") or ""), on=on, demo=demo)
    except ResidentIdError as error:
        found[f"{path}.id_number"] = str(error)
    else:
        if number in numbers:
            found[f"{path}.id_number"] = "这个身份证号已经填过一次"
        numbers.append(number)
    return found


def days_by_stage(
    process: Process,
    acts: Sequence[tuple[dt.date, str]],
    between: Callable[[dt.date, dt.date], int],
) -> dict[str, int]:
    """Stage key → days, when the same acts are laid over a process.

    `acts` are (day, move) in order; the days since the act before belong to the stage of the act
    they ended with, and an act of no stage hands its days on. Every process therefore sums to the
    same total. `between` counts the days from one date to another (working days).
    """
    days = {str(stage["key"]): 0 for stage in process.stages}
    owed, last = 0, acts[0][0] if acts else None
    for day, act in acts:
        owed += max(between(last, day), 0) if last else 0
        last, stage = day, process.stage_doing(act)
        if stage:
            days[stage] += owed
            owed = 0
    return days
