"""The ledgers as data: their columns as the offices write them (F22)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`kind`: text, count, money (fen), or name, id, phone, account: shown masked."""

    words: str
    kind: str = "text"
    width: int = 12
    group: str = ""


@dataclass(frozen=True)
class Ledger:
    """One ledger: title, the unit of its figures, the right to see its rows, columns."""

    key: str
    title: str
    unit: str
    right: str
    columns: tuple[Column, ...]

    @property
    def sums(self) -> list[int]:
        """The columns that are added up."""
        return [n for n, c in enumerate(self.columns) if c.kind in ("money", "count") and n]


def _day(words: str) -> Column:
    return Column(words, width=12)


NUMBER = Column("序号", "count", 6)
CASE, APPLICANT = Column("办件编号", width=24), Column("申请人", "name", 12)
PROGRAMME, STAGE = Column("保障类别", width=14), Column("环节", width=12)
PLACE = (
    NUMBER,
    Column("县区", width=10, group="住址"),
    Column("镇（街道）", width=14, group="住址"),
    Column("村（社区）", width=16, group="住址"),
)
ROSTER = (
    *PLACE,
    Column("待遇编号", width=24),
    Column("户主（领款人）", "name", 14),
    Column("身份证号", "id", 21),
    Column("联系电话", "phone", 14),
    Column("家庭人口", "count", 9),
    Column("保障人数", "count", 9),
    PROGRAMME,
    Column("城乡", width=7),
    Column("基本保障金", "money", 12, "月保障金额（元）"),
    Column("分类施保金", "money", 12, "月保障金额（元）"),
    Column("合计", "money", 12, "月保障金额（元）"),
    Column("一次性（元）", "money", 12),
    Column("开户行", width=16, group="发放账户"),
    Column("账号", "account", 22, "发放账户"),
    Column("首次享受", width=10),
    Column("止于", width=10),
    _day("最近复核"),
    _day("下次复核"),
    Column("变动史", width=30),
    Column("标记", width=12),
)
MATTER = (
    NUMBER,
    Column("种类", width=8),
    Column("受理单位", width=20),
    Column("事由", width=22),
    _day("收到日期"),
    _day("答复期限"),
    _day("上报日期"),
    _day("答复日期"),
    Column("答复人", width=12),
    Column("结果", width=18),
)
UNIT = "单位：户、人、元"
ROSTERS = {
    "dibao": "最低生活保障台账",
    "tekun": "特困人员救助供养台账",
    "children": "孤儿和事实无人抚养儿童台账",
    "militia": "原铁路建设伤残民兵定补台账",
    "temporary": "临时救助台账",
    "ended": "退出台账",
}
LEDGERS: Mapping[str, Ledger] = {
    ledger.key: ledger
    for ledger in (
        *(Ledger(key, title, UNIT, "roll.view", ROSTER) for key, title in ROSTERS.items()),
        Ledger(
            "urgent",
            "急难求助台账",
            "单位：人、元",
            "urgent.list",
            (
                *PLACE,
                Column("求助编号", width=22),
                Column("求助人", "name", 12),
                Column("电话", "phone", 14),
                Column("事由", width=14),
                Column("人数", "count", 7),
                Column("来源", width=16),
                Column("求助时间", width=17),
                Column("接听时间", width=17),
                Column("接听人", width=10),
                Column("先行救助（元）", "money", 14),
                Column("签批人", width=10),
                _day("补办期限"),
                Column("补办完成", width=12),
                Column("状态", width=12),
            ),
        ),
        Ledger(
            "relatives",
            "近亲属备案台账",
            "单位：件",
            "case.check_relative",
            (
                *PLACE,
                CASE,
                APPLICANT,
                Column("工作人员及关系", width=26),
                _day("申请日期"),
                STAGE,
                _day("办结日期"),
            ),
        ),
        Ledger(
            "service",
            "服务和物资台账",
            "单位：件、元",
            "support.view",
            (
                *PLACE,
                CASE,
                APPLICANT,
                Column("种类", width=8),
                Column("内容", width=28),
                Column("折价（元）", "money", 12),
                Column("提供方", width=20),
                _day("约定日期"),
                _day("送达日期"),
                Column("签收", width=12),
                Column("状态", width=14),
            ),
        ),
        Ledger(
            "rectify",
            "问题整改台账",
            "单位：件",
            "rectify.view",
            (
                *PLACE,
                Column("编号", width=28),
                CASE,
                Column("来由", width=16),
                Column("发现的问题", width=40),
                Column("整改要求", width=40),
                Column("下发人", width=12),
                _day("下发日期"),
                _day("整改期限"),
                Column("第几次", "count", 8),
                Column("整改情况", width=40),
                Column("报送人", width=12),
                _day("报送日期"),
                Column("核实意见", width=30),
                Column("销号人", width=12),
                _day("销号日期"),
                Column("状态", width=16),
            ),
        ),
        Ledger(
            "warnings",
            "预警台账",
            "单位：户",
            "discrepancy.view",
            (
                *PLACE,
                Column("核查单", width=20),
                Column("户主", "name", 12),
                Column("待遇编号", width=22),
                Column("发现", width=30),
                _day("下发日期"),
                _day("核查期限"),
                Column("经办人", width=10),
                Column("请本人说明", width=12),
                Column("本人说明", width=12),
                Column("有异议", width=8),
                Column("入户次数", "count", 9),
                Column("状态", width=12),
                Column("结果", width=30),
                _day("核结日期"),
                Column("已提出复核", width=10),
            ),
        ),
        Ledger("complaints", "信访台账（投诉）", "单位：件", "redress.view", MATTER),
        Ledger("appeals", "信访台账（申诉）", "单位：件", "redress.view", MATTER),
        Ledger(
            "groups",
            "特殊群体台账",
            "单位：人",
            "people.list",
            (
                *PLACE,
                Column("群体", width=22),
                Column("姓名", "name", 12),
                Column("身份证号", "id", 21),
                Column("联系电话", "phone", 14),
                Column("性别", width=6),
                _day("出生日期"),
                Column("证件或依据", width=24),
                _day("列入日期"),
                _day("退出日期"),
                Column("标记", width=10),
                Column("在享待遇", width=18),
            ),
        ),
    )
}
OF_CASE = (*PLACE, CASE, APPLICANT)
AMOUNT = Column("金额（元）", "money", 14)
LISTS: Mapping[str, Ledger] = {  # behind a number of the month; taken out from its page only
    ledger.key: ledger
    for ledger in (
        Ledger(
            "month_cases",
            "月报办件清单",
            "单位：件",
            "report.view",
            (
                *OF_CASE,
                Column("家庭人口", "count", 9),
                PROGRAMME,
                STAGE,
                Column("来源", width=12),
                *map(_day, ("提交日期", "受理日期", "办理期限", "办结日期")),
            ),
        ),
        Ledger(
            "month_standing",
            "月报在办清单",
            "单位：件",
            "report.view",
            (*OF_CASE, PROGRAMME, STAGE, *map(_day, ("进入日期", "提交日期", "办理期限"))),
        ),
        Ledger(
            "month_passed",
            "月报环节用时清单",
            "单位：次、工作日",
            "report.view",
            (
                *OF_CASE,
                PROGRAMME,
                STAGE,
                *map(_day, ("进入日期", "走完日期")),
                Column("工作日", "count", 9),
            ),
        ),
        Ledger(
            "month_granted",
            "月报新批清单",
            "单位：件、元",
            "report.view",
            (*OF_CASE, PROGRAMME, AMOUNT, _day("确认日期"), Column("起始月", width=10)),
        ),
        Ledger(
            "month_rolls",
            "月报名册清单",
            "单位：户、人、元",
            "report.view",
            (
                NUMBER,
                Column("县区", width=10),
                Column("名册", width=26),
                Column("月份", width=10),
                Column("状态", width=12),
                Column("户数", "count", 9),
                Column("人数", "count", 9),
                AMOUNT,
            ),
        ),
        Ledger(
            "month_lines",
            "月报发放清单",
            "单位：笔、元",
            "report.view",
            (
                *PLACE,
                Column("名册", width=26),
                Column("领款人", "name", 14),
                PROGRAMME,
                Column("月份", width=10),
                Column("状态", width=12),
                AMOUNT,
            ),
        ),
    )
}
EVERY = {**LEDGERS, **LISTS}
