"""The household on paper: applicant, health, sums and opinions as several forms write them."""

from collections.abc import Mapping, Sequence
from typing import Any

from doudi.cases.letters.common import Data, File, day
from doudi.cases.models import Case, Decision, Opinion
from doudi.kernel.money import parse_yuan
from doudi.kernel.periods import Month
from doudi.kernel.resident_id import birth_date, sex
from doudi.policy.codes import WITHOUT_NOTICE
from doudi.regions.queries import path_name

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
INCOMES = {
    "wage": "工资",
    "business": "经营",
    "property": "财产性收入",
    "transfer": "转移性收入",
    "pension": "养老金",
    "basic_pension_central": "中央基础养老金",
    "support": "赡养抚养费",
    "preferential_compensation": "优待抚恤金",
    "family_planning_award": "计划生育奖扶",
    "scholarship": "奖助学金",
    "bravery_award": "见义勇为奖金",
    "assistance": "社会救助款物",
    "disability_subsidy": "残疾人两项补贴",
    "elder_allowance": "高龄津贴",
    "medical_benefit": "医疗报销",
    "other": "其他",
}
EXPENSES = {
    "medical_own": "医疗自付",
    "rehabilitation_own": "残疾康复",
    "tuition": "教育（学费）",
    "boarding": "教育（住宿费）",
    "work_cost": "必要就业成本",
}
HOMES = {
    "owned": "自有住房",
    "rural_homestead": "农村宅基地房",
    "derelict": "危旧闲置房",
    "rented": "租住",
}
CONCLUSIONS = {"true": "两人入户，申报属实", "partly": "部分不一致，已认定", "untrue": "不实"}
VEHICLES = {
    "car": "小汽车",
    "truck": "货车",
    "tractor": "拖拉机",
    "motorcycle": "摩托车",
    "e_bike": "电动自行车",
    "disability": "残疾人机动轮椅车",
}


def applicant(file: File) -> Data:
    """Who applied, where from, to which account; numbers masked unless the paper is full."""
    a, bank = file.applicant, file.applicant.get("bank") or {}
    registered, number = a.get("registered_region"), a["id_number"]
    return {
        "name": a["name"],
        "sex": sex_word(number),
        "born": birth_date(number).isoformat(),
        "born_on": birth_date(number).isoformat(),
        "id_number": file.id_number(number),
        "phone": file.phone(a["phone"]),
        "registered_address": path_name(registered) if registered else a["address"],
        "address": residence(file),
        "bank": bank.get("bank", ""),
        "holder": bank.get("holder", ""),
        "account": file.account(bank.get("account", "")),
    }


def residence(file: File) -> str:
    """Where the household lives, from the county down; the village is not said twice."""
    a = file.applicant
    village = path_name(a["region"], since="village")
    return path_name(a["region"]) + str(a["address"]).removeprefix(village)


def sex_word(id_number: str) -> str:
    """男 or 女 by the number."""
    return "男" if sex(id_number) == "male" else "女"


def health(own: Mapping[str, Any], member: Mapping[str, Any]) -> str:
    """Kind and grade of a disability, whether ill; never the name of an illness."""
    words = [disability(member)] if member["disability"] else []
    if member["serious_illness"]:
        words.append("重病")
    elif own.get("illness"):
        words.append("患病")
    return "、".join(words) or "健康"


def disability(member: Mapping[str, Any]) -> str:
    """视力残疾二级; empty without one."""
    if not member["disability"]:
        return ""
    kind = DISABILITIES.get(member["disability"]["kind"], "")
    return f"{kind}残疾{'一二三四'[member['disability']['grade'] - 1]}级"


def work_ability(member: Mapping[str, Any], unable: bool) -> str:
    """In the words of the review sheet; `unable` by the stored finding."""
    if member["student"] != "none":
        return "在校"
    if unable:
        return "无"
    return "部分丧失" if member["disability"] or member["serious_illness"] else "有"


def total(items: Sequence[Mapping[str, str]], kinds: tuple[str, ...] = ()) -> int:
    """The sum of incomes or expenses, of all or of some kinds."""
    return sum(parse_yuan(i["yuan"]) for i in items if not kinds or i["kind"] in kinds)


def opinions(case: Case, decision: Decision | None) -> Data:
    """Who reviewed and who confirmed, with text and day; two people."""
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
        shown["confirm"] = {
            "text": _confirmed(decision),
            "head": decision.by_name,
            "on": day(decision.at),
        }
    return shown


def _confirmed(decision: Decision) -> str:
    over = "依规定不公示" if decision.programme in WITHOUT_NOTICE else "公示期满"
    month = Month.parse(decision.start_month)
    return f"{over}，予以确认，自{month.year}年{month.number}月起发放。"
