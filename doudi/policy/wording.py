"""Reason codes as sentences, and the three lines that explain an amount; in Chinese and English."""

from collections.abc import Mapping
from typing import Any

from doudi.kernel.money import capital_yuan, plain_fen, yuan_text
from doudi.policy.codes import OF_GROUPS

PROGRAMMES = {
    "tekun": ("特困人员救助供养", "tekun support"),
    "dibao": ("最低生活保障", "dibao (minimum living guarantee)"),
    "single_person": ("单人保", "single-person cover"),
    "borderline": ("低保边缘家庭", "borderline household"),
    "expense_hardship": ("刚性支出困难家庭", "rigid-expense hardship"),
    "temporary_aid": ("临时救助", "temporary aid"),
    "orphan": ("孤儿基本生活费", "orphans' living allowance"),
    "unsupported_child": ("事实无人抚养儿童补贴", "subsidy for children without actual care"),
    "railway_militia": ("铁路伤残民兵生活补助", "subsidy for railway militia disabled in service"),
}
OUTCOMES = {
    "eligible": ("符合", "eligible"),
    "review": ("需复核", "to be reviewed"),
    "ineligible": ("不符合", "not eligible"),
}
CONFIDENCES = {
    "verified": ("已核实原文", "text verified"),
    "reported": ("据公开报道", "as reported"),
    "derived": ("推算，未经本地核实", "derived, not verified locally"),
    "assumed": ("推定，未经本地核实", "assumed, not verified locally"),
}
SENTENCES = {
    "income_below_standard": (
        "核定年收入{net_yuan}元，低于本户低保标准年线{limit_yuan}元",
        "counted income {net_yuan} yuan a year is below the dibao line {limit_yuan}",
    ),
    "income_not_below_standard": (
        "核定年收入{net_yuan}元，不低于本户低保标准年线{limit_yuan}元",
        "counted income {net_yuan} yuan a year is not below the dibao line {limit_yuan}",
    ),
    "income_near_standard": (
        "核定年收入{net_yuan}元，在{lower_yuan}元至{upper_yuan}元之间",
        "counted income {net_yuan} yuan lies between {lower_yuan} and {upper_yuan}",
    ),
    "income_not_near_standard": (
        "核定年收入{net_yuan}元，不在{lower_yuan}元至{upper_yuan}元之间",
        "counted income {net_yuan} yuan does not lie between {lower_yuan} and {upper_yuan}",
    ),
    "top_ups": ("分类施保每月{amount_yuan}元", "category top-ups {amount_yuan} yuan a month"),
    "money_over": ("金融资产超过限额，需复核", "money assets above the limit: to be reviewed"),
    "money_over_borderline": (
        "金融资产超过低边限额，需复核",
        "money assets above the borderline limit: to be reviewed",
    ),
    "vehicle_over": ("名下有机动车，需复核", "a vehicle: to be reviewed"),
    "homes_over": ("房产多于一套，需复核", "more than one home: to be reviewed"),
    "company_over": ("有企业、门面或股份，需复核", "a company, shop or shares: to be reviewed"),
    "machine_over": ("有大型机械，需复核", "a large machine: to be reviewed"),
    "three_withouts": (
        "无劳动能力、无生活来源、无法定赡养抚养扶养人或其无能力",
        "no capacity to work, no income, no able supporter",
    ),
    "not_three_withouts": (
        "家庭成员均不同时具备三项特困条件",
        "no member meets all three tekun conditions",
    ),
    "single_person_covered": (
        "重残、重病人员可以单独纳入",
        "a severely disabled or seriously ill member may be covered alone",
    ),
    "single_person_unemployed": (
        "未就业成年重残人员可以参照单人户纳入",
        "an unemployed severely disabled adult may be covered as a household of one",
    ),
    "whole_household_first": (
        "整户符合低保收入条件，不得只保个人",
        "the household meets the income test as a whole, so no member is covered alone",
    ),
    "nobody_fits_single_person": (
        "没有符合单人保条件的家庭成员",
        "no member fits single-person cover",
    ),
    "income_below_disposable": (
        "家庭年收入{gross_yuan}元，低于上年人均可支配收入线{limit_yuan}元",
        "gross income {gross_yuan} yuan is below the disposable-income line {limit_yuan}",
    ),
    "income_not_below_disposable": (
        "家庭年收入{gross_yuan}元，不低于上年人均可支配收入线{limit_yuan}元",
        "gross income {gross_yuan} yuan is not below the disposable-income line {limit_yuan}",
    ),
    "expenses_heavy": (
        "刚性支出{expenses_yuan}元，达到收入{gross_yuan}元的规定比例",
        "rigid expenses {expenses_yuan} yuan reach the share of income {gross_yuan}",
    ),
    "expenses_not_heavy": (
        "刚性支出{expenses_yuan}元，未达到收入{gross_yuan}元的规定比例",
        "rigid expenses {expenses_yuan} yuan do not reach the share of income {gross_yuan}",
    ),
    "in_other_programme": (
        "已符合特困、低保或低保边缘",
        "already within tekun, dibao or borderline",
    ),
    "no_event": ("没有申报急难或支出事由", "no event was declared"),
    "same_cause_again": (
        "同一事由十二个月内已获救助",
        "aid for the same cause was given within twelve months",
    ),
    "urgent_event": (
        "突发急难，自付费用{cost_yuan}元",
        "an urgent event with own cost of {cost_yuan} yuan",
    ),
    "resources_below_disposable": (
        "家庭年收入{gross_yuan}元，低于上年人均可支配收入线{limit_yuan}元",
        "gross income {gross_yuan} yuan is below the disposable-income line {limit_yuan}",
    ),
    "resources_not_below_disposable": (
        "家庭年收入{gross_yuan}元，不低于上年人均可支配收入线{limit_yuan}元",
        "gross income {gross_yuan} yuan is not below the disposable-income line {limit_yuan}",
    ),
    "orphan_on_file": (
        "父母都不在了或者查找不到，未满18周岁",
        "parents dead or not to be found, under eighteen",
    ),
    "orphan_too_old": ("已满18周岁，不再按孤儿保障", "eighteen already: no longer as an orphan"),
    "child_unsupported": (
        "父母均不能履行抚养责任，未满18周岁；为保护孩子不公示",
        "neither parent can care for the child, under eighteen; no notice, for the child's sake",
    ),
    "child_too_old": (
        "已满18周岁，不再按事实无人抚养儿童保障",
        "eighteen already: no longer as a child without actual care",
    ),
    "child_difference": (
        "全家也符合低保，同时享受的按差额补足",
        "the family fits dibao too: where both are paid, only the difference is added",
    ),
    "child_or_dibao": (
        "全家也符合低保：只领这一项每月{own_yuan}元；领低保的，低保{dibao_yuan}元、"
        "孩子再补差{difference_yuan}元，每月{all_yuan}元",
        "the family fits dibao too: this subsidy alone is {own_yuan} yuan a month; dibao is "
        "{dibao_yuan} with a difference of {difference_yuan} for the child, {all_yuan} together",
    ),
    "child_difference_added": (
        "孩子是事实无人抚养儿童，按差额每月另补{amount_yuan}元",
        "a child without actual care: {amount_yuan} yuan a month are added as the difference",
    ),
    "militia_on_list": (
        "在原铁路建设伤残民兵名册上，每年办一次生存认证",
        "on the list of railway militia disabled in service; proof of life once a year",
    ),
    "above_town_limit": ("超过镇（街道）限额", "above the limit of the town"),
    "above_county_limit": (
        "超过县（区）限额，须一事一议",
        "above the limit of the county: a case conference first",
    ),
    "local_hukou": ("本地户籍", "local hukou"),
    "permit_valid": ("居住证在签注有效期内", "residence permit endorsed in time"),
    "permit_missing": ("非本地户籍，没有居住证", "no local hukou and no residence permit"),
    "permit_not_endorsed": (
        "居住证超过十二个月未签注",
        "residence permit not endorsed within twelve months",
    ),
}


def _pick(pair: tuple[str, str], language: str) -> str:
    return pair[1] if language.startswith("en") else pair[0]


def programme_name(programme: str, language: str = "zh") -> str:
    """The programme in the office's words."""
    return _pick(PROGRAMMES[programme], language)


def uncut(code: str) -> str:
    """The programme that is meant by its first letters; what is no programme's stays as it is."""
    if not code or code in PROGRAMMES:
        return code
    return next((known for known in PROGRAMMES if known.startswith(code)), code)


def outcome_name(outcome: str, language: str = "zh") -> str:
    """The outcome in words."""
    return _pick(OUTCOMES[outcome], language)


def confidence_name(confidence: str, language: str = "zh") -> str:
    """How well a figure is known, in words."""
    return _pick(CONFIDENCES[confidence], language)


def sentence(code: str, values: Mapping[str, str], language: str = "zh") -> str:
    """A reason or flag as a sentence with its values."""
    shown = {name: yuan_text(plain_fen(text)) for name, text in values.items()}
    return _pick(SENTENCES[code], language).format(**shown)


LINES = {
    "income": (
        "①您家{n}口人，标准合计{standard}×{n}={line}元；月收入{gross}元，"
        "扣除看病、上学等必需支出{off}元，计入{net}元",
        "1. {n} persons, standard {standard} × {n} = {line} yuan; monthly income {gross}, "
        "less rigid expenses {off}: {net} yuan count",
    ),
    "difference": (
        "②补差 {line}−{net}={base}元",
        "2. difference {line} − {net} = {base} yuan",
    ),
    "band": (
        "②按档次 {band}×{n}={base}元",
        "2. payment band {band} × {n} = {base} yuan",
    ),
    "top_ups": (
        "③另加分类施保 {tops}={top}元。合计每月{total}元（{capital}）",
        "3. category top-ups {tops} = {top} yuan. Together {total} yuan a month",
    ),
    "no_top_ups": (
        "③没有分类施保。合计每月{total}元（{capital}）",
        "3. no category top-ups. Together {total} yuan a month",
    ),
    "child": (
        "④孩子的事实无人抚养补贴按差额另补{child}元。合计每月{all}元（{whole}）",
        "4. the child's subsidy adds the difference {child} yuan. Together {all} yuan a month",
    ),
    "severe": ("{yuan}（重残或重病）", "{yuan} (severe disability or illness)"),
    "age": ("{yuan}（未成年或高龄）", "{yuan} (minor or elder)"),
    "tekun": (
        "{name}：基本生活{basic}元+照料护理{care}元=每月{yuan}元",
        "{name}: basic living {basic} + care {care} = {yuan} yuan a month",
    ),
    "by_list": ("{name}：每月{yuan}元", "{name}: {yuan} yuan a month"),
    "single_person": (
        "{name}：标准{standard}元，本人月收入{own}元，每月{yuan}元",
        "{name}: standard {standard}, own monthly income {own}: {yuan} yuan a month",
    ),
}


def formula_lines(finding: Mapping[str, Any], language: str = "zh") -> list[str]:
    """The lines that explain a monthly amount, from `Finding.to_json(book, explain=True)`.

    For dibao three: what counts, the base, the top-ups with the sum (F13), and a fourth where a
    child's difference is added. For tekun and single-person cover one line a person. Nothing
    where nothing is paid monthly.
    """
    if not finding["monthly_yuan"]:
        return []
    if finding["programme"] == "dibao":
        return _dibao_lines(finding, language)
    return [_person_line(finding, name, language) for name in finding["per_person"]]


def _dibao_lines(finding: Mapping[str, Any], language: str) -> list[str]:
    fen = _fen_of(finding, "")
    off = fen["gross_income"] // 12 - fen["net_income"] // 12
    shown = {
        "n": fen["persons"],
        "standard": _standard(finding),
        "line": yuan_text(fen["dibao_line"] // 12),
        "gross": yuan_text(fen["gross_income"] // 12),
        "off": yuan_text(off),
        "net": yuan_text(fen["net_income"] // 12),
        "base": yuan_text(fen["base_amount"]),
        "band": yuan_text(fen["band"]),
        "tops": "+".join(_top_ups(finding, language)),
        "top": yuan_text(fen["top_ups"]),
        "total": yuan_text(fen["dibao_amount"]),
        "capital": capital_yuan(fen["dibao_amount"]),
    }
    base = "difference" if fen["by_difference"] else "band"
    top = "top_ups" if fen["top_ups"] else "no_top_ups"
    lines = ["income", base, top]
    if fen.get("child_differences"):
        both = fen["dibao_with_difference"]
        shown |= {"child": yuan_text(fen["child_differences"])}
        shown |= {"all": yuan_text(both), "whole": capital_yuan(both)}
        lines.append("child")
    return [_pick(LINES[line], language).format(**shown) for line in lines]


def _top_ups(finding: Mapping[str, Any], language: str) -> list[str]:
    """Each member's top-up with its ground, in the order of the members."""
    people = [s["person"] for s in finding["steps"] if s["name"] == "top_up"]
    each = [_fen_of(finding, person) for person in people]
    return [
        _pick(LINES["severe" if fen["severe"] else "age"], language).format(
            yuan=yuan_text(fen["top_up"])
        )
        for fen in each
        if fen["top_up"]
    ]


def _person_line(finding: Mapping[str, Any], name: str, language: str) -> str:
    fen = _fen_of(finding, name)
    if finding["programme"] in OF_GROUPS:
        yuan = yuan_text(plain_fen(finding["per_person"][name]))
        return _pick(LINES["by_list"], language).format(name=name, yuan=yuan)
    shown = {
        "name": name,
        "standard": _standard(finding),
        "own": yuan_text(fen.get("own_income", 0) // 12),
        "basic": yuan_text(fen.get("tekun_basic", 0)),
        "care": yuan_text(fen.get("care_amount", 0)),
        "yuan": yuan_text(plain_fen(finding["per_person"][name])),
    }
    return _pick(LINES[finding["programme"]], language).format(**shown)


def _fen_of(finding: Mapping[str, Any], person: str) -> dict[str, int]:
    """Quantity → fen (or count) of a person, or of the household for an empty name."""
    return {s["name"]: plain_fen(s["value"]) for s in finding["steps"] if s["person"] == person}


def _standard(finding: Mapping[str, Any]) -> str:
    """The dibao standard that the steps used."""
    used = (p for s in finding["steps"] for p in s["parameters"] if p["key"] == "dibao.standard")
    return yuan_text(plain_fen(next(used)["value"]))
