"""The journal's words as an auditor reads them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from doudi.supervision.catalog import doubt_rules, rule_name

DEEDS = {
    "case.submitted": _("提交申请"),
    "case.accept": _("受理"),
    "case.ask_for_more": _("一次性补正"),
    "case.supplement": _("补交材料"),
    "case.decline": _("不予受理"),
    "case.pause": _("计时变动"),
    "case.report_filed": _("核对报告入卷"),
    "case.record_report": _("核对报告入卷"),
    "case.record_visit": _("入户调查"),
    "case.adopt_fact": _("采信核对结果"),
    "case.transfer": _("转办"),
    "case.take_over": _("接收转办"),
    "case.send_back": _("退回转办"),
    "case.call_appraisal": _("通知评议"),
    "case.record_appraisal": _("民主评议"),
    "case.assess": _("核算"),
    "case.record_panel": _("会议研究"),
    "case.call_conference": _("召集一事一议"),
    "case.record_conference": _("一事一议"),
    "case.review": _("审核"),
    "case.publish_notice": _("公示"),
    "case.object": _("收到异议"),
    "case.answer_objection": _("答复异议"),
    "case.mark_relative": _("县级近亲属核查"),
    "case.allow_over_year": _("县级同意超过年上限"),
    "case.confirm": _("确认"),
    "case.refuse": _("不予确认"),
    "case.return_case": _("退回调查"),
    "case.withdraw": _("撤回"),
    "case.overdue": _("超过期限"),
    "case.reopen": _("申诉成立，重新核定"),
    "case.readmit": _("申诉成立，重新受理"),
    "case.viewed": _("查看办件"),
    "case.printed": _("打印"),
    "case.printed_in_full": _("完整打印"),
    "person.revealed": _("查看完整信息"),
    "attachment.viewed": _("打开材料"),
    "verification.consent_signed": _("签核对授权"),
    "verification.consent_withdrawn": _("撤回核对授权"),
    "verification.requested": _("发起核对"),
    "verification.reported": _("出具核对报告"),
    "verification.asked_again": _("重新核对一个部门"),
    "benefits.award_opened": _("开立待遇"),
    "benefits.roll_prepared": _("编制发放名册"),
    "benefits.roll_checked": _("复核发放名册"),
    "benefits.roll_released": _("放行发放名册"),
    "benefits.release_withdrawn": _("撤回放行"),
    "people.household_registered": _("登记家庭"),
    "supervision.chosen": _("发起核查"),
    "supervision.upheld": _("核查：符合"),
    "supervision.slip": _("核查：善意差错"),
    "supervision.proposed": _("核查：拟认定不符"),
    "supervision.overturned": _("核查：认定不符"),
    "supervision.sent_back": _("核查：退回重新核查"),
    "supervision.rectify_raised": _("列入整改"),
    "supervision.rectify_answered": _("报送整改情况"),
    "supervision.rectify_closed": _("整改销号"),
    "supervision.rectify_returned": _("退回整改"),
    "supervision.urged": _("发督办单"),
    "supervision.answered": _("答复督办单"),
    "staff.signed_in": _("登录"),
    "staff.signed_out": _("退出登录"),
    "staff.password_changed": _("改密码"),
    "audit.replayed": _("审计：查看办理经过"),
    "audit.packed": _("审计：导出证据包"),
    "audit.access_read": _("审计：查看访问记录"),
    "audit.doubts_read": _("审计：查看疑点"),
    "audit.sampled": _("审计：抽样"),
}
LOOKS = ("case.viewed", "person.revealed", "attachment.viewed", "case.printed")
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


def deed(action: str) -> Any:
    """What was done; the journal's own word where the list has none."""
    return DEEDS.get(action, action)


def purpose(code: str) -> Any:
    """What it was for."""
    return PURPOSES.get(code, code)


def is_look(action: str) -> bool:
    """Whether nothing was done but looking or printing."""
    return action.startswith(LOOKS) or action.startswith("audit.")


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
