"""F09 最低生活保障审核确认表: two pages with everything two people signed for."""

import datetime as dt
from collections.abc import Mapping, Sequence

from doudi.cases.letters.common import (
    RELATIONS,
    Data,
    File,
    assessment_of,
    findings_of,
    parameter_of,
    recheck_months,
    steps_of,
)
from doudi.cases.letters.household import (
    CAUSES,
    CONCLUSIONS,
    applicant,
    health,
    opinions,
    total,
    work_ability,
)
from doudi.cases.letters.result import CYCLES
from doudi.cases.letters.standing import standing
from doudi.cases.models import (
    Appraisal,
    Assessment,
    Case,
    Decision,
    HomeVisit,
    PublicNotice,
)
from doudi.cases.queries import pack
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.kernel.money import parse_yuan, plain_fen, yuan_text
from doudi.kernel.periods import Month, full_years
from doudi.kernel.resident_id import birth_date
from doudi.policy.wording import formula_lines
from doudi.regions.queries import path_name
from doudi.verification.queries import report_of

INCOME = {
    "wage_fen": ("wage",),
    "business_fen": ("business",),
    "property_fen": ("property",),
}
DEDUCTED = {
    "medical_fen": ("medical_own", "rehabilitation_own"),
    "education_fen": ("tuition", "boarding"),
}


def review_sheet(file: File) -> Data:
    """The sheet as far as the case has come; NotFound before assessment, report and visit."""
    case, assessment = file.case, assessment_of(file)
    facts, found = assessment.facts.open(), findings_of(assessment)
    finding = found.get(assessment.chosen) or found["dibao"]
    value = steps_of(found["dibao"])
    decision = Decision.objects.filter(case=case, granted=True, set_aside_at=None).first()
    return {
        "case_number": case.number,
        "county": path_name(case.county, since="city"),
        "number": case.number,
        "area": case.area,
        "scope": "single" if assessment.chosen == "single_person" else "whole",
        "applicant": applicant(file),
        **standing(facts, found, finding["persons"]),
        **_ways(case, assessment, finding, value),
        "household_size": case.member_count,
        "persons_asked": case.member_count,
        "members": _members(file, facts, found, finding["persons"]),
        "obligors": [],
        "income": _income(facts),
        "deduction": _deduction(facts, value),
        "counted_fen": _month(value.get("net_income", "0")),
        "per_head_fen": _month(value.get("net_income", "0")) // max(len(facts["members"]), 1),
        "property": _property(facts["property"]),
        "causes": _causes(file),
        "topups": _topups(finding),
        "recheck_cycle": CYCLES[recheck_months(assessment)][0],
        "standard_fen": plain_fen(parameter_of(found["dibao"], "dibao.standard") or "0"),
        "persons": assessment.persons,
        **_gap(found, finding, len(facts["members"])),
        "topup_fen": plain_fen(steps_of(finding).get("top_ups", "0")),
        "monthly_fen": assessment.monthly_fen or assessment.once_fen,
        "start_month": decision.start_month if decision else _next_month(assessment),
        "near_relative": {"found": bool(case.near_relative), "who": case.near_relative},
        **_findings_of_others(case),
        **_formula(finding, value),
        "opinions": opinions(case, decision),
    }


def _ways(case: Case, assessment: Assessment, finding: Data, value: Data) -> Data:
    """By difference or by band, and whether this kind of household has heating money."""
    by_band = value.get("base_amount") != value.get("difference")
    on = assessment.at.astimezone(CHINA).date()
    heats = pack().book.at(on, case.county, case.area).whole("heating.dibao") > 0
    return {
        "manner": "fixed" if by_band else "difference",
        "heating": "yes" if heats else "no",
    }


def _gap(found: Mapping[str, Data], finding: Data, people: int) -> Data:
    """月人均差额: what the standard is above the counted income of one of them."""
    if finding["programme"] != "dibao":
        return {}
    standard = plain_fen(parameter_of(found["dibao"], "dibao.standard") or "0")
    mine = _month(steps_of(found["dibao"]).get("net_income", "0")) // max(people, 1)
    return {"gap_fen": max(standard - mine, 0)}


def _next_month(assessment: Assessment) -> str:
    """The month from which it would be paid if it were confirmed now (DB57 art 21)."""
    return str(Month.of(assessment.at.astimezone(CHINA).date()).next())


def _month(yearly: str) -> int:
    """A twelfth of a yearly amount, in fen."""
    return plain_fen(yearly) // 12


def _members(
    file: File, facts: Data, found: Mapping[str, Data], covered: Sequence[str]
) -> list[Data]:
    on = dt.date.fromisoformat(facts["on"])
    steps = found.get("tekun", {"steps": []})["steps"]
    unable = {s["person"] for s in steps if s["name"] == "no_capacity" and s["value"] == "1"}
    rows = zip(file.declaration["members"], facts["members"], strict=False)
    return [
        {
            "name": own["name"],
            "relation": RELATIONS.get(own["relation"], own["relation"]),
            "age": full_years(birth_date(own["id_number"]), on),
            "id_number": file.id_number(own["id_number"]),
            "health": health(own, now),
            "work_ability": work_ability(now, own["name"] in unable),
            "employment": "就业" if now["employed"] else "无业",
            "income_fen": total(now["income"]) // 12,
            "covered": "是" if own["name"] in covered else "否",
        }
        for own, now in rows
    ]


def _income(facts: Data) -> Data:
    every = [i for m in facts["members"] for i in m["income"]]
    shown = {name: total(every, kinds) // 12 for name, kinds in INCOME.items()}
    whole = total(every) // 12
    return shown | {"transfer_fen": whole - sum(shown.values()), "total_fen": whole}


def _deduction(facts: Data, value: Data) -> Data:
    """Work cost is what is left of the deduction after the others: it alone is capped."""
    every = [i for m in facts["members"] for i in m["expenses"]]
    shown = {name: total(every, kinds) // 12 for name, kinds in DEDUCTED.items()}
    whole = _month(value.get("deductions", "0"))
    work = max(whole - sum(shown.values()), 0)
    return shown | {"disability_fen": 0, "work_fen": work, "total_fen": whole}


def _property(owned: Data) -> Data:
    homes, vehicles = owned["homes"], owned["vehicles"]
    other = len(owned["companies"]) + len(owned["machines"])
    return {
        "house": f"{len(homes)}处" if homes else "无",
        "vehicle": f"{len(vehicles)}辆" if vehicles else "无",
        "finance": f"{yuan_text(parse_yuan(owned['money_yuan']))}元",
        "other": f"{other}项" if other else "无",
    }


def _causes(file: File) -> Data:
    words = [CAUSES.get(c, c) for c in file.declaration.get("causes") or ["other"]]
    return {"main": words[0], "other": "、".join(words[1:])}


def _topups(finding: Data) -> list[Data]:
    steps = finding["steps"]
    severe = {s["person"] for s in steps if s["name"] == "severe" and s["value"] == "1"}
    return [
        {
            "name": s["person"],
            "kind": "重残、重病" if s["person"] in severe else "未成年、高龄",
            "extra_fen": plain_fen(s["value"]),
        }
        for s in steps
        if s["name"] == "top_up" and s["value"] != "0.00"
    ]


def _formula(finding: Data, value: Data) -> Data:
    """Where the amount is no difference its own lines stand in place of the printed formula."""
    lines = formula_lines(finding)
    if finding["programme"] != "dibao":
        return {"formula": " ".join(lines)}
    band = value.get("base_amount") != value.get("difference")
    return {"formula": " ".join(lines[1:])} if band else {}


def _findings_of_others(case: Case) -> Data:
    report = report_of(case.application_id)
    visit = HomeVisit.objects.filter(case=case).order_by("-at").first()
    appraisal = Appraisal.objects.filter(case=case).order_by("-at").first()
    notice = PublicNotice.objects.filter(case=case).order_by("-at").first()
    if visit is None or report is None:
        raise NotFound("核对报告和入户调查齐了才能打印")
    shown: Data = {
        "report": {"number": report.number, "conclusion": "见报告，差异已逐项处理"},
        "visit": {"conclusion": CONCLUSIONS[visit.conclusion], "on": visit.on.isoformat()},
    }
    if appraisal:
        shown["appraisal"] = {"agree": appraisal.agree, "present": appraisal.present}
    if notice:
        objected = "yes" if notice.objections.exists() else "no"
        days = {"from_on": notice.from_on.isoformat(), "until_on": notice.until_on.isoformat()}
        shown["notice"] = days | {"objections": objected}
    return shown
