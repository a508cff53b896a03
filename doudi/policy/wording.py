"""Reason codes as sentences, and the three lines that explain an amount; in Chinese and English."""

from collections.abc import Mapping
from typing import Any

from doudi.kernel.money import plain_fen, yuan_text

PROGRAMMES = {
    "tekun": ("特困人员救助供养", "tekun support"),
    "dibao": ("最低生活保障", "dibao (minimum living guarantee)"),
    "single_person": ("单人保", "single-person cover"),
    "borderline": ("低保边缘家庭", "borderline household"),
    "expense_hardship": ("刚性支出困难家庭", "rigid-expense hardship"),
    "temporary_aid": ("临时救助", "temporary aid"),
}
OUTCOMES = {
    "eligible": ("符合", "eligible"),
    "review": ("需复核", "to be reviewed"),
    "ineligible": ("不符合", "not eligible"),
}
CONFIDENCES = {
    "verified": ("已核实原文", "text verified"),
    "reported": ("据公开报道", "as reported"),
    "derived": ("推算,未经本地核实", "derived, not verified locally"),
    "assumed": ("推定,未经本地核实", "assumed, not verified locally"),
}
SENTENCES = {
    "income_below_standard": (
        "核定年收入{net_yuan}元,低于本户低保标准年线{limit_yuan}元",
        "counted income {net_yuan} yuan a year is below the dibao line {limit_yuan}",
    ),
    "income_not_below_standard": (
        "核定年收入{net_yuan}元,不低于本户低保标准年线{limit_yuan}元",
        "counted income {net_yuan} yuan a year is not below the dibao line {limit_yuan}",
    ),
    "income_near_standard": (
        "核定年收入{net_yuan}元,在{lower_yuan}元至{upper_yuan}元之间",
        "counted income {net_yuan} yuan lies between {lower_yuan} and {upper_yuan}",
    ),
    "income_not_near_standard": (
        "核定年收入{net_yuan}元,不在{lower_yuan}元至{upper_yuan}元之间",
        "counted income {net_yuan} yuan does not lie between {lower_yuan} and {upper_yuan}",
    ),
    "top_ups": ("分类施保每月{amount_yuan}元", "category top-ups {amount_yuan} yuan a month"),
    "money_over": ("金融资产超过限额,需复核", "money assets above the limit: to be reviewed"),
    "money_over_borderline": (
        "金融资产超过低边限额,需复核",
        "money assets above the borderline limit: to be reviewed",
    ),
    "vehicle_over": ("名下有机动车,需复核", "a vehicle: to be reviewed"),
    "homes_over": ("房产多于一套,需复核", "more than one home: to be reviewed"),
    "company_over": ("有企业、门面或股份,需复核", "a company, shop or shares: to be reviewed"),
    "machine_over": ("有大型机械,需复核", "a large machine: to be reviewed"),
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
    "whole_household_first": (
        "整户符合低保收入条件,不得只保个人",
        "the household meets the income test as a whole, so no member is covered alone",
    ),
    "nobody_fits_single_person": (
        "没有符合单人保条件的家庭成员",
        "no member fits single-person cover",
    ),
    "income_below_disposable": (
        "家庭年收入{gross_yuan}元,低于上年人均可支配收入线{limit_yuan}元",
        "gross income {gross_yuan} yuan is below the disposable-income line {limit_yuan}",
    ),
    "income_not_below_disposable": (
        "家庭年收入{gross_yuan}元,不低于上年人均可支配收入线{limit_yuan}元",
        "gross income {gross_yuan} yuan is not below the disposable-income line {limit_yuan}",
    ),
    "expenses_heavy": (
        "刚性支出{expenses_yuan}元,达到收入{gross_yuan}元的规定比例",
        "rigid expenses {expenses_yuan} yuan reach the share of income {gross_yuan}",
    ),
    "expenses_not_heavy": (
        "刚性支出{expenses_yuan}元,未达到收入{gross_yuan}元的规定比例",
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
        "突发急难,自付费用{cost_yuan}元",
        "an urgent event with own cost of {cost_yuan} yuan",
    ),
    "above_town_limit": ("超过镇(街道)限额", "above the limit of the town"),
    "local_hukou": ("本地户籍", "local hukou"),
    "permit_valid": ("居住证在签注有效期内", "residence permit endorsed in time"),
    "permit_missing": ("非本地户籍,没有居住证", "no local hukou and no residence permit"),
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


def formula_lines(finding: Mapping[str, Any], language: str = "zh") -> list[str]:
    """The lines that explain a monthly amount, from a finding as JSON with steps.

    For dibao three lines: what counts, the base, the top-ups with the sum (ux.md 3.17). For other
    programmes one line for each covered person.
    """
    if finding["programme"] != "dibao" or not finding["monthly_yuan"]:
        return _person_lines(finding, language)
    value = {s["name"]: s["value"] for s in finding["steps"] if not s["person"]}
    tops = [s["value"] for s in finding["steps"] if s["name"] == "top_up" and s["value"] != "0.00"]
    shown = {
        "n": value["persons"],
        "standard": _parameter(finding, "dibao.standard"),
        "line": yuan_text(plain_fen(value["dibao_line"]) // 12),
        "gross": yuan_text(plain_fen(value["gross_income"]) // 12),
        "off": yuan_text(plain_fen(value["deductions"]) // 12),
        "net": yuan_text(plain_fen(value["net_income"]) // 12),
        "base": yuan_text(plain_fen(value["base_amount"])),
        "band": yuan_text(plain_fen(value.get("band", "0"))),
        "tops": "+".join(tops) or "0.00",
        "top": yuan_text(plain_fen(value["top_ups"])),
        "total": yuan_text(plain_fen(value["dibao_amount"])),
    }
    rural = value["base_amount"] != value["difference"]
    lines = RURAL if rural else URBAN
    return [_pick(line, language).format(**shown) for line in lines]


URBAN = (
    (
        "①您家{n}口人,标准合计 {standard}×{n}={line}元;月收入{gross}元,"
        "扣除看病、上学等必需支出{off}元,计入{net}元",
        "1. {n} persons, standard {standard}×{n}={line} yuan; monthly income {gross}, "
        "less rigid expenses {off}: {net} yuan count",
    ),
    ("②补差 {line}−{net}={base}元", "2. difference {line}−{net}={base} yuan"),
    (
        "③另加分类施保 {tops}={top}元。合计每月{total}元",
        "3. category top-ups {tops}={top} yuan. Together {total} yuan a month",
    ),
)
RURAL = (
    URBAN[0],
    (
        "②按档次 {band}元×{n}人={base}元",
        "2. payment band {band} yuan×{n} persons={base} yuan",
    ),
    URBAN[2],
)


def _parameter(finding: Mapping[str, Any], key: str) -> str:
    found = (p["value"] for s in finding["steps"] for p in s["parameters"] if p["key"] == key)
    return str(next(found))


def _person_lines(finding: Mapping[str, Any], language: str) -> list[str]:
    each = finding.get("per_person", {})
    pattern = ("{name}:每月{yuan}元", "{name}: {yuan} yuan a month")
    return [
        _pick(pattern, language).format(name=name, yuan=yuan_text(plain_fen(yuan)))
        for name, yuan in each.items()
    ]
