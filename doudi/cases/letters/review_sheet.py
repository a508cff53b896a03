"""F09 最低生活保障审核确认表: two pages with everything two people signed for."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from doudi.cases.letters.common import (
    RELATIONS,
    Data,
    File,
    assessment_of,
    day,
    findings_of,
    parameter_of,
    recheck_months,
    steps_of,
)
from doudi.cases.letters.result import CYCLES
from doudi.cases.models import (
    Appraisal,
    Assessment,
    Case,
    Decision,
    HomeVisit,
    Opinion,
    PublicNotice,
)
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.kernel.money import parse_yuan, plain_fen, yuan_text
from doudi.kernel.periods import Month, full_years
from doudi.kernel.resident_id import birth_date, sex
from doudi.policy.codes import WITHOUT_NOTICE
from doudi.policy.wording import formula_lines
from doudi.regions.queries import path_name
from doudi.verification.queries import report_of

CAUSES = {
    "illness": "因病",
    "disability": "因残",
    "study": "因学",
    "disaster": "因灾",
    "no_labour": "缺劳力",
    "other": "其他",
}
DISABILITIES = {
    "visual": "视力",
    "hearing": "听力",
    "speech": "言语",
    "physical": "肢体",
    "intellectual": "智力",
    "mental": "精神",
    "multiple": "多重",
}
INCOME = {
    "wage_fen": ("wage",),
    "business_fen": ("business",),
    "property_fen": ("property",),
}
DEDUCTED = {
    "medical_fen": ("medical_own", "rehabilitation_own"),
    "education_fen": ("tuition", "boarding"),
}
CONCLUSIONS = {"true": "两人入户，申报属实", "partly": "部分不一致，已认定", "untrue": "不实"}


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
        "applicant": _applicant(file),
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
        "topup_fen": plain_fen(steps_of(finding).get("top_ups", "0")),
        "monthly_fen": assessment.monthly_fen or assessment.once_fen,
        "start_month": decision.start_month if decision else _next_month(assessment),
        "near_relative": {"found": bool(case.near_relative), "who": case.near_relative},
        **_findings_of_others(case),
        **_formula(finding, value),
        "opinions": _opinions(case, decision),
    }


def _next_month(assessment: Assessment) -> str:
    """The month from which it would be paid if it were confirmed now (DB57 art 21)."""
    return str(Month.of(assessment.at.astimezone(CHINA).date()).next())


def _month(yearly: str) -> int:
    """A twelfth of a yearly amount, in fen."""
    return plain_fen(yearly) // 12


def _applicant(file: File) -> Data:
    a, bank = file.applicant, file.applicant.get("bank") or {}
    registered = a.get("registered_region")
    number = a["id_number"]
    village = path_name(a["region"], since="village")
    return {
        "name": a["name"],
        "sex": "男" if sex(number) == "male" else "女",
        "born": birth_date(number).isoformat(),
        "id_number": file.id_number(number),
        "phone": file.phone(a["phone"]),
        "registered_address": path_name(registered) if registered else a["address"],
        "address": path_name(a["region"]) + a["address"].removeprefix(village),
        "bank": bank.get("bank", ""),
        "holder": bank.get("holder", ""),
        "account": file.account(bank.get("account", "")),
    }


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
            "health": _health(own, now),
            "work_ability": _work_ability(now, own["name"] in unable),
            "employment": "就业" if now["employed"] else "无业",
            "income_fen": _sum(now["income"]) // 12,
            "covered": "是" if own["name"] in covered else "否",
        }
        for own, now in rows
    ]


def _work_ability(member: Mapping[str, Any], unable: bool) -> str:
    if member["student"] != "none":
        return "在校"
    if unable:
        return "无"
    return "部分丧失" if member["disability"] or member["serious_illness"] else "有"


def _health(own: Mapping[str, Any], member: Mapping[str, Any]) -> str:
    """Kind and grade of a disability, whether ill; never the name of an illness."""
    words = []
    if member["disability"]:
        kind = DISABILITIES.get(member["disability"]["kind"], "")
        words.append(f"{kind}残疾{'一二三四'[member['disability']['grade'] - 1]}级")
    if member["serious_illness"]:
        words.append("重病")
    elif own.get("illness"):
        words.append("患病")
    return "、".join(words) or "健康"


def _sum(items: Sequence[Mapping[str, str]], kinds: tuple[str, ...] = ()) -> int:
    return sum(parse_yuan(i["yuan"]) for i in items if not kinds or i["kind"] in kinds)


def _income(facts: Data) -> Data:
    every = [i for m in facts["members"] for i in m["income"]]
    shown = {name: _sum(every, kinds) // 12 for name, kinds in INCOME.items()}
    total = _sum(every) // 12
    return shown | {"transfer_fen": total - sum(shown.values()), "total_fen": total}


def _deduction(facts: Data, value: Data) -> Data:
    """Work cost is what is left of the deduction after the others: it alone is capped."""
    every = [i for m in facts["members"] for i in m["expenses"]]
    shown = {name: _sum(every, kinds) // 12 for name, kinds in DEDUCTED.items()}
    total = _month(value.get("deductions", "0"))
    work = max(total - sum(shown.values()), 0)
    return shown | {"disability_fen": 0, "work_fen": work, "total_fen": total}


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


def _opinions(case: Case, decision: Decision | None) -> Data:
    opinion = Opinion.objects.filter(case=case).select_related("assessment").order_by("-at").first()
    shown: Data = {}
    if opinion:
        shown["review"] = {
            "text": opinion.text,
            "clerk": opinion.assessment.by_name,
            "head": opinion.by_name,
            "on": day(opinion.at),
        }
    if decision:
        month = Month.parse(decision.start_month)
        over = "依规定不公示" if decision.programme in WITHOUT_NOTICE else "公示期满"
        shown["confirm"] = {
            "text": f"{over}，予以确认，自{month.year}年{month.number}月起发放。",
            "head": decision.by_name,
            "on": day(decision.at),
        }
    return shown
