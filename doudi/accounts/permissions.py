"""The one registry of rights: who may do what. Whatever is not here, nobody may.

A right names the roles that hold it; where it holds is the post's region and everything in it.
Separation (GB/T 22239 8.1.4.2): no role both grants rights and decides, or administers and audits.
"""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """The posts a person can hold."""

    TOWN_CLERK = "town_clerk"
    TOWN_REVIEWER = "town_reviewer"
    TOWN_HEAD = "town_head"
    COUNTY_OFFICER = "county_officer"
    COUNTY_FINANCE = "county_finance"
    CITY_OFFICER = "city_officer"
    VILLAGE_ASSISTANT = "village_assistant"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"
    CHARITY = "charity"
    DATA_CLERK = "data_clerk"

    @property
    def label(self) -> str:
        """The office's own word."""
        return ROLE_NAMES[self]


ROLE_NAMES = {
    Role.TOWN_CLERK: "镇（街道）经办人",
    Role.TOWN_REVIEWER: "镇（街道）审核人",
    Role.TOWN_HEAD: "镇（街道）负责人",
    Role.COUNTY_OFFICER: "县区民政经办",
    Role.COUNTY_FINANCE: "县区财政局",
    Role.CITY_OFFICER: "市民政局",
    Role.VILLAGE_ASSISTANT: "村级协理员",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDITOR: "审计员",
    Role.CHARITY: "社会组织",
    Role.DATA_CLERK: "部门数据员",
}


# Where each post can stand; a right then holds in that region and everything inside it.
LEVELS: dict[Role, frozenset[str]] = {
    Role.TOWN_CLERK: frozenset({"town"}),
    Role.TOWN_REVIEWER: frozenset({"town"}),
    Role.TOWN_HEAD: frozenset({"town"}),
    Role.COUNTY_OFFICER: frozenset({"county"}),
    Role.COUNTY_FINANCE: frozenset({"county"}),
    Role.CITY_OFFICER: frozenset({"city"}),
    Role.VILLAGE_ASSISTANT: frozenset({"village", "town"}),
    Role.SYSTEM_ADMIN: frozenset({"city", "county"}),
    Role.SECURITY_ADMIN: frozenset({"city", "county"}),
    Role.AUDITOR: frozenset({"city", "county"}),
    Role.CHARITY: frozenset({"county"}),
    Role.DATA_CLERK: frozenset({"city"}),
}

# Posts that one person never joins with any other, at no time (三员分立), and pairs never joined.
ALONE = frozenset(
    {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR, Role.CHARITY, Role.DATA_CLERK}
)
NEVER_TOGETHER = (
    frozenset({Role.COUNTY_OFFICER, Role.COUNTY_FINANCE}),
    frozenset({Role.TOWN_REVIEWER, Role.TOWN_HEAD}),
)


def may_join(roles: set[Role]) -> bool:
    """Whether one person may hold all of these posts."""
    if len(roles) > 1 and roles & ALONE:
        return False
    return not any(pair <= roles for pair in NEVER_TOGETHER)


@dataclass(frozen=True)
class Right:
    """One thing that can be allowed: its words for the screen and the roles that hold it."""

    words: str
    roles: frozenset[Role]


def _r(words: str, *roles: Role) -> Right:
    return Right(words, frozenset(roles))


TOWN = (Role.TOWN_CLERK, Role.TOWN_REVIEWER, Role.TOWN_HEAD)
ABOVE = (Role.COUNTY_OFFICER, Role.CITY_OFFICER)

RIGHTS: dict[str, Right] = {
    "case.list": _r("看办件清单", *TOWN, *ABOVE),
    "case.view": _r("看办件", *TOWN, *ABOVE),
    "assistant.manage": _r("聘任、培训、代班协理员", Role.TOWN_REVIEWER, Role.TOWN_HEAD),
    "application.file": _r("窗口代填申请", Role.TOWN_CLERK, Role.VILLAGE_ASSISTANT),
    "work.assign": _r("分派和交接工作", Role.TOWN_HEAD, Role.COUNTY_OFFICER),
    "phrase.write": _r("编意见模板", Role.TOWN_HEAD),
    "loan.arrange": _r("借用人员", Role.TOWN_HEAD, Role.COUNTY_OFFICER),
    "report.view": _r("看月报", *TOWN, *ABOVE),
    "case.accept": _r("受理", Role.TOWN_CLERK),
    "case.ask_for_more": _r("一次性补正", Role.TOWN_CLERK),
    "case.decline": _r("不予受理", Role.TOWN_REVIEWER, Role.TOWN_HEAD),
    "case.transfer": _r("转办", Role.TOWN_CLERK, Role.TOWN_REVIEWER, Role.COUNTY_OFFICER),
    "case.pause": _r("暂停计时", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "case.visit": _r("记录入户调查", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "case.appraise": _r("记录民主评议", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "case.assess": _r("核算", Role.TOWN_CLERK),
    "case.panel": _r("记录会议研究", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "case.conference": _r("记录一事一议", Role.TOWN_REVIEWER, Role.TOWN_HEAD, Role.COUNTY_OFFICER),
    "case.review": _r("审核", Role.TOWN_REVIEWER),
    "case.publish_notice": _r("公示", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "case.answer_objection": _r("处理异议", Role.TOWN_REVIEWER, Role.TOWN_HEAD),
    "case.confirm": _r("确认", Role.TOWN_HEAD),
    "case.refuse": _r("不予确认", Role.TOWN_HEAD),
    "case.return": _r("退回", Role.TOWN_REVIEWER, Role.TOWN_HEAD),
    "case.check_relative": _r("核查近亲属办件", Role.COUNTY_OFFICER),
    "case.allow_over_year": _r("同意超过每年上限的临时救助", Role.COUNTY_OFFICER),
    "case.reopen": _r("重新核定", Role.COUNTY_OFFICER),
    "redress.view": _r("看申诉与投诉", *ABOVE),
    "redress.answer": _r("答复申诉与投诉", *ABOVE),
    "change.view": _r("看变化报告", *TOWN, Role.COUNTY_OFFICER),
    "change.answer": _r("处理变化报告", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "case.withdraw": _r("代为撤回", Role.TOWN_CLERK),
    "case.print": _r("打印", *TOWN, Role.COUNTY_OFFICER),
    "consent.witness": _r("见证授权", Role.TOWN_CLERK, Role.VILLAGE_ASSISTANT),
    "verification.request": _r("发起核对", Role.TOWN_CLERK),
    "verification.view": _r("看核对报告", *TOWN, Role.COUNTY_OFFICER),
    "match.decide": _r("认定数据行属于谁", *ABOVE),
    "comparison.release": _r("放行存疑比对", *ABOVE),
    "delivery.decide": _r("处理存疑的部门交付", Role.CITY_OFFICER),
    "delivery.view": _r("看本部门的数据项和交付", Role.DATA_CLERK),
    "delivery.send": _r("送本部门的数据", Role.DATA_CLERK),
    "request.answer": _r("答复核对请求", Role.DATA_CLERK),
    "problem.answer": _r("更正数据问题或提出异议", Role.DATA_CLERK),
    "problem.settle": _r("认定数据问题的异议", *ABOVE),
    "catalogue.view": _r("看数据目录", Role.DATA_CLERK, *ABOVE),
    "province.exchange": _r("与省级系统交换数据", Role.CITY_OFFICER),
    "clerk.seat": _r("登记部门数据员", Role.CITY_OFFICER),
    "centre.view": _r("看核对中心", *ABOVE),
    "rule.retire": _r("停用和恢复比对规则", *ABOVE),
    "discrepancy.view": _r("看疑点核查", *TOWN, *ABOVE),
    "discrepancy.work": _r("核查疑点", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "person.reveal": _r("查看完整信息", *TOWN, Role.COUNTY_OFFICER),
    "urgent.list": _r("看急难求助", *TOWN, *ABOVE),
    "urgent.take": _r("接听急难求助", *TOWN, Role.COUNTY_OFFICER),
    "urgent.visit": _r("记录急难上门", *TOWN, Role.COUNTY_OFFICER),
    "urgent.propose": _r("提出先行救助", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "urgent.sign_town": _r("签批先行救助（镇限额内）", Role.TOWN_HEAD),
    "urgent.sign_county": _r("签批先行救助（镇限额以上）", Role.COUNTY_OFFICER),
    "urgent.papers": _r("补办先行救助手续", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "urgent.gather": _r("登记集中救助", *TOWN, Role.COUNTY_OFFICER),
    "urgent.roster": _r("排值班表", Role.TOWN_HEAD, Role.COUNTY_OFFICER),
    "award.view": _r("看待遇和变动", *TOWN, *ABOVE),
    "award.propose": _r("提请变动、登记复核", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "award.decide": _r("决定变动", Role.TOWN_HEAD),
    "brake.release": _r("处理压下的批次", Role.COUNTY_OFFICER),
    "recovery.decide": _r("决定追回", Role.COUNTY_OFFICER),
    "standard.view": _r("看提标清单", *ABOVE),
    "standard.prepare": _r("编制提标清单", Role.COUNTY_OFFICER),
    "standard.approve": _r("批准提标清单", Role.COUNTY_OFFICER),
    "takeover.view": _r("看接收批次", *ABOVE),
    "roll.view": _r("看发放名册", *TOWN, *ABOVE, Role.COUNTY_FINANCE),
    "roll.prepare": _r("编制发放名册", Role.COUNTY_OFFICER),
    "roll.check": _r("复核发放名册", Role.COUNTY_OFFICER),
    "roll.release": _r("放行发放名册", Role.COUNTY_FINANCE),
    "roll.print": _r("打印完整花名册", Role.COUNTY_OFFICER, Role.COUNTY_FINANCE),
    "finance.view": _r("看财政发放台", Role.COUNTY_FINANCE, *ABOVE),
    "bank.answer": _r("导入银行回执", Role.COUNTY_FINANCE),
    "fund.allot": _r("登记拨款", Role.COUNTY_FINANCE),
    "reserve.top_up": _r("补充乡镇备用金", Role.COUNTY_FINANCE),
    "roll.withdraw": _r("撤回放行", Role.COUNTY_FINANCE),
    "supervision.view": _r("看监督检查", *ABOVE, Role.AUDITOR),
    "supervision.draw": _r("随机抽查", Role.COUNTY_OFFICER),
    "supervision.check": _r("核查办件", Role.COUNTY_OFFICER),
    "supervision.urge": _r("发督办单", Role.COUNTY_OFFICER),
    "tip.view": _r("看实名举报", *ABOVE),
    "tip.answer": _r("答复实名举报", *ABOVE),
    "slip.file": _r("登记善意差错", *TOWN),
    "slip.decide": _r("认定善意差错", Role.COUNTY_OFFICER),
    "rectify.view": _r("看整改台账", *TOWN, *ABOVE, Role.AUDITOR),
    "rectify.raise": _r("列入整改、退回整改", *ABOVE, Role.AUDITOR),
    "rectify.answer": _r("报送整改情况", Role.TOWN_REVIEWER, Role.TOWN_HEAD),
    "rectify.close": _r("整改销号", Role.COUNTY_OFFICER),
    "lead.list": _r("看主动发现线索", *TOWN, Role.COUNTY_OFFICER, Role.VILLAGE_ASSISTANT),
    "lead.file": _r("登记主动发现线索", Role.TOWN_CLERK, Role.VILLAGE_ASSISTANT),
    "lead.close": _r("办理主动发现线索", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "referral.list": _r("看转介", *TOWN, Role.COUNTY_OFFICER),
    "referral.make": _r("转介其他部门", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "referral.answer": _r("记录转介答复", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "support.view": _r("看结对和需求", *TOWN, Role.COUNTY_OFFICER),
    "support.arrange": _r("安排结对、需求、物资和服务", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "support.record": _r("记录帮扶", *TOWN, Role.VILLAGE_ASSISTANT),
    "group.view": _r("看社会力量登记", Role.COUNTY_OFFICER, Role.CITY_OFFICER),
    "group.register": _r("登记社会力量", Role.COUNTY_OFFICER),
    "need.offer": _r("对接需求", Role.CHARITY),
    "place.list": _r("看协查函", *TOWN, Role.COUNTY_OFFICER),
    "place.ask": _r("发协查函", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "place.answer": _r("答复协查函", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "life.list": _r("看生存认证", *TOWN, Role.COUNTY_OFFICER),
    "life.record": _r("登记生存认证", Role.TOWN_CLERK, Role.TOWN_REVIEWER),
    "life.propose": _r("提请暂停发放（未认证）", Role.TOWN_REVIEWER, Role.TOWN_HEAD),
    "life.decide": _r("决定是否暂停发放（未认证）", Role.COUNTY_OFFICER),
    "people.list": _r("看特殊群体", *TOWN, *ABOVE),
    "people.import": _r("导入花名册和名单", Role.TOWN_CLERK, Role.COUNTY_OFFICER),
    "ledger.view": _r("看台账", *TOWN, *ABOVE, Role.COUNTY_FINANCE),
    "ledger.export": _r("导出台账", *TOWN, *ABOVE, Role.COUNTY_FINANCE),
    "sheet.view": _r("看督办单", *TOWN),
    "sheet.answer": _r("答复督办单", Role.TOWN_REVIEWER, Role.TOWN_HEAD),
    "kin.declare": _r("备案近亲属", *TOWN, *ABOVE, Role.COUNTY_FINANCE, Role.VILLAGE_ASSISTANT),
    "staff.view": _r("看工作人员", Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR),
    "staff.manage": _r("管理工作人员", Role.SECURITY_ADMIN),
    "system.view": _r("看系统状态", Role.SYSTEM_ADMIN),
    "audit.view": _r("看审计日志", Role.AUDITOR),
}

# 近亲属 (policy.md 3): spouse, parents, children, siblings, grandparents, grandchildren.
RELATIONS = ("配偶", "父母", "子女", "兄弟姐妹", "祖父母、外祖父母", "孙子女、外孙子女")
# 经办人员: county and town staff who handle or lead any step, and the village's assistants.
DECLARES = frozenset({*TOWN, Role.COUNTY_OFFICER, Role.VILLAGE_ASSISTANT})

DECIDES = frozenset(
    {"case.assess", "case.review", "case.confirm", "case.refuse", "case.decline", "roll.release"}
    | {"urgent.sign_town", "urgent.sign_county"}
    | {"award.decide", "recovery.decide", "standard.approve"}
)
ADMINISTERS = frozenset({"staff.manage"})
OBSERVES = frozenset({"audit.view"})


def rights_of_roles(roles: set[Role]) -> set[str]:
    """Every right that one of the roles holds."""
    return {name for name, right in RIGHTS.items() if right.roles & roles}
