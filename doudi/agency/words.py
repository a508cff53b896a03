"""The departments' words: what an item feeds, and what is wrong with a file."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from doudi.verification.catalog.faults import FAULTS

FEEDS = {
    "registration": _("户籍与家庭成员"),
    "permit": _("居住地申办"),
    "property": _("家庭财产"),
    "status": _("人员状态（死亡、服刑、失踪等）"),
    "income": _("家庭收入"),
    "medical": _("医疗保障"),
    "deductions": _("刚性支出扣减"),
    "student": _("在读情况"),
    "health": _("健康与残疾"),
    "monitoring": _("动态监测"),
}
MODES = {
    "full": _("全量：每次送全部，后一次替换前一次"),
    "add": _("增量：每次送新增和变化的，同一记录以最新为准"),
}
KINDS = {
    "id": _("18位身份证号，单元格设为文本"),
    "text": _("文字，不超过200字"),
    "date": _("日期，写成2022-05-01"),
    "month": _("月份，写成2022-05"),
    "year": _("年份，四位数字"),
    "money": _("金额（元），最多两位小数"),
    "number": _("数字"),
    "count": _("整数"),
    "code": _("只能填列出的词"),
}
STATES = (
    gettext_noop("排队检查"),
    gettext_noop("正在检查"),
    gettext_noop("已收下"),
    gettext_noop("已收到，待市级核实"),
    gettext_noop("退回"),
    gettext_noop("网页上传"),
    gettext_noop("交换文件夹"),
    gettext_noop("接口"),
    gettext_noop("待部门处理"),
    gettext_noop("部门已更正"),
    gettext_noop("部门有异议"),
    gettext_noop("维持：数据有误"),
    gettext_noop("认可部门：数据无误"),
)
REFUSALS = (
    gettext_noop("没有这项数据"),
    gettext_noop("没有这份回执"),
    gettext_noop("没有这个部门"),
    gettext_noop("没有待答复的核对请求"),
    gettext_noop("没有这个数据问题"),
    gettext_noop("这个数据问题已经有人处理过，请看最新情况"),
    gettext_noop("请选更正后的那一次交付；还没有送的，先到“我的数据项”送来"),
    gettext_noop("没有这个账号，或者它不是部门数据员的账号；请安全管理员先开通"),
    gettext_noop("文件超过2GB，请分期送"),
    gettext_noop("文件是空的，请重新导出"),
)


def english() -> bool:
    """Whether the page speaks English."""
    return (get_language() or "").startswith("en")


def named(thing: Any) -> str:
    """What the pack calls something, in the page's language."""
    zh, en = (thing["zh"], thing["en"]) if isinstance(thing, Mapping) else (thing.zh, thing.en)
    return str(en if english() else zh)


def reason(code: str, values: Mapping[str, Any] | None = None) -> str:
    """What is wrong, as a sentence with its values."""
    zh, en = FAULTS[code]
    return (en if english() else zh).format(**(values or {}))


def told_both(code: str, values: Mapping[str, Any]) -> dict[str, str]:
    """The same for a machine: both languages."""
    zh, en = FAULTS[code]
    return {"zh": zh.format(**values), "en": en.format(**values)}


def summed(reasons: Mapping[str, int]) -> list[dict[str, Any]]:
    """How often each thing is wrong in which column, the most frequent first."""
    told = []
    for key, count in sorted(reasons.items(), key=lambda pair: -pair[1]):
        heading, _colon, code = key.rpartition(":")
        told.append({"heading": heading, "reason": reason(code), "count": count})
    return told


def listed(faults: Iterable[list[Any]]) -> list[dict[str, Any]]:
    """Each fault: the row as a spreadsheet counts it, column, sentence, masked value."""
    return [
        {"row": row + 1, "heading": heading, "reason": reason(code), "masked": masked}
        for row, heading, code, masked in faults
    ]
