"""F06 特困核查和自理能力评估表 and F10 特困审核确认表: three withouts, six activities, amounts."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from doudi.cases.letters.common import (
    RELATIONS,
    Data,
    File,
    assessment_of,
    day,
    findings_of,
    span,
)
from doudi.cases.letters.household import (
    CONCLUSIONS,
    applicant,
    disability,
    health,
    opinions,
    sex_word,
    work_ability,
)
from doudi.cases.models import Assessment, Decision, HomeVisit, PublicNotice
from doudi.kernel.errors import NotFound
from doudi.kernel.money import plain_fen
from doudi.kernel.periods import full_years
from doudi.kernel.resident_id import birth_date
from doudi.verification.queries import report_of

ACTIVITIES = ("eat", "dress", "bed", "toilet", "walk", "bath")
TESTS = {"work": "no_capacity", "income": "no_living", "supporter": "no_supporter"}
Pair = tuple[Mapping[str, Any], Mapping[str, Any]]


def tekun_check(file: File) -> Data:
    """F06 of the person it is about; NotFound unless tekun is what was found or chosen."""
    assessment, (own, now) = _tekun(file)
    failed = set(now["self_care_failed"])
    visit = HomeVisit.objects.filter(case=file.case).order_by("-at").first()
    return {
        "case_number": file.case.number,
        "on": visit.on.isoformat() if visit else "",
        "person": {
            "name": own["name"],
            "sex": sex_word(own["id_number"]),
            "age": _age(own, assessment),
            "phone": file.phone(own["phone"]) if own.get("phone") else "",
            "id_number": file.id_number(own["id_number"]),
            "disability": disability(now),
            "address": applicant(file)["address"],
        },
        "setting": file.declaration.get("setting") or "dispersed",
        "lacks": _lacks(assessment, own["name"]),
        "level": _level(failed),
        "care": {name: name not in failed for name in ACTIVITIES},
        "points": len(failed),
        "outcome": _level(failed),
    }


def tekun_sheet(file: File) -> Data:
    """F10 as far as the case has come."""
    assessment, (own, now) = _tekun(file)
    case, finding = file.case, findings_of(assessment)["tekun"]
    decision = Decision.objects.filter(case=case, granted=True, set_aside_at=None).first()
    visit = HomeVisit.objects.filter(case=case).order_by("-at").first()
    steps = {s["name"]: s["value"] for s in finding["steps"] if s["person"] == own["name"]}
    basic = plain_fen(steps.get("tekun_basic", "0"))
    return {
        "number": case.number,
        "case_number": case.number,
        "area": case.area,
        "applicant": applicant(file),
        "household_size": case.member_count,
        "persons": assessment.persons,
        "members": _members(file, assessment),
        "lacks": _lacks(assessment, own["name"]),
        "income_fen": plain_fen(steps.get("tekun_income", "0")),
        "report": getattr(report_of(case.application_id), "number", ""),
        "visit": CONCLUSIONS[visit.conclusion] if visit else "",
        "level": _level(set(now["self_care_failed"])),
        "setting": file.declaration.get("setting") or "dispersed",
        "care_class": _level(set(now["self_care_failed"])),
        "basic_fen": basic * assessment.persons,
        "care_fen": assessment.monthly_fen - basic * assessment.persons,
        "monthly_fen": assessment.monthly_fen,
        "start_month": decision.start_month if decision else "",
        "near_relative": {"found": bool(case.near_relative), "who": case.near_relative},
        "opinions": opinions(case, decision),
        **_notice(file),
    }


def _tekun(file: File) -> tuple[Assessment, Pair]:
    """The assessment and the first person that tekun fits."""
    assessment = assessment_of(file)
    named = findings_of(assessment).get("tekun", {}).get("persons") or []
    if assessment.chosen != "tekun":
        raise NotFound("不是特困供养")
    for own, now in _pairs(file, assessment):
        if own["name"] in named:
            return assessment, (own, now)
    raise NotFound("不是特困供养")


def _pairs(file: File, assessment: Assessment) -> list[Pair]:
    members = assessment.facts.open()["members"]
    return list(zip(file.declaration["members"], members, strict=False))


def _age(own: Mapping[str, Any], assessment: Assessment) -> int:
    return full_years(birth_date(own["id_number"]), dt.date.fromisoformat(day(assessment.at)))


def _lacks(assessment: Assessment, name: str) -> dict[str, bool]:
    """Which of the three are wanting, by the stored steps of the finding."""
    steps = findings_of(assessment)["tekun"]["steps"]
    own = {s["name"]: s["value"] == "1" for s in steps if s["person"] == name}
    return {field: own[step] for field, step in TESTS.items() if step in own}


def _level(failed: set[str]) -> str:
    """0 fails nothing, 1–3 partly, 4 and more wholly unable (TK43 annex)."""
    return "able" if not failed else "partly" if len(failed) <= 3 else "unable"


def _members(file: File, assessment: Assessment) -> list[Data]:
    finding = findings_of(assessment)["tekun"]
    unable = {s["person"] for s in finding["steps"] if s["name"] == TESTS["work"]}
    unable = {name for name in unable if _lacks(assessment, name).get("work")}
    return [
        {
            "name": own["name"],
            "relation": RELATIONS.get(own["relation"], own["relation"]),
            "age": _age(own, assessment),
            "id_number": file.id_number(own["id_number"]),
            "health": health(own, now),
            "work_ability": work_ability(now, own["name"] in unable),
            "covered": "是" if own["name"] in finding["persons"] else "否",
        }
        for own, now in _pairs(file, assessment)
    ]


def _notice(file: File) -> Data:
    hung = PublicNotice.objects.filter(case=file.case).order_by("-at").first()
    if hung is None:
        return {}
    said = "yes" if hung.objections.exists() else "no"
    return {"notice": {"dates": span(hung.from_on, hung.until_on), "objections": said}}
