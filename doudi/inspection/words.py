"""The journal's words as an auditor reads them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from doudi.supervision.catalog import doubt_rules, rule_name

# How the deeds end that are nothing but looking or printing.
LOOKS = ("viewed", "revealed", "printed", "printed_in_full", "fetched", "account_seen")
FIELDS = {
    "name": _("姓名"),
    "id_number": _("身份证号"),
    "phone": _("手机"),
    "illness": _("病情说明"),
    "address": _("住址"),
    "account": _("银行账号"),
    "contact": _("联系方式"),
}
PURPOSES = {
    "identity": _("核实身份"),
    "contact": _("联系申请人"),
    "account": _("核对账户"),
    "visit": _("入户调查"),
    "difference": _("核实数据差异"),
    "file": _("装订存档"),
}
TABS = {
    "facts": _("申报"),
    "checks": _("核对"),
    "consents": _("授权"),
    "visits": _("入户"),
    "appraisal": _("评议审核"),
    "papers": _("材料"),
    "notice": _("公示"),
    "log": _("日志"),
    "archive": _("一户一档"),
}
KINDS = {"staff": _("工作人员"), "citizen": _("申请人"), "system": _("系统"), "partner": _("部门")}


def purpose(code: str) -> Any:
    """What it was for."""
    return PURPOSES.get(code, code)


def is_look(action: str) -> bool:
    """Whether nothing was done but looking or printing."""
    return action.endswith(LOOKS) or action.startswith("audit.")


def counted(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The pack's rules with how many questions each asks."""
    language = get_language() or ""
    return [
        {"rule": rule, "name": rule_name(rule, language), "count": counts.get(rule, 0)}
        for rule in doubt_rules()
    ]


def named(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Questions with the name of their rule in the page's language."""
    language = get_language() or ""
    return [
        {
            "doubt": row.doubt,
            "name": rule_name(row.doubt.rule, language),
            "officer": row.officer,
            "account": row.account,
            "case": row.case,
            "others": row.others,
        }
        for row in rows
    ]
