"""What may change in a running award, why, and through which hands it goes."""

from dataclasses import dataclass

from doudi.kernel.errors import WrongStage

HELD, HEARING, OPEN, AGREED, DROPPED = "held", "hearing", "open", "agreed", "dropped"
STATES = {
    HELD: "批次已压下",
    HEARING: "陈述申辩中",
    OPEN: "待决定",
    AGREED: "已决定",
    DROPPED: "不予变动",
}
UNDECIDED = (HELD, HEARING, OPEN)

KINDS = {
    "adjust": "重新核定",
    "taper": "渐退",
    "suspend": "暂停发放",
    "resume": "恢复发放",
    "stop": "停发",
    "person_out": "个人部分停发",
    "death": "去世停发",
    "age_child": "满18周岁",
    "age_elder": "满70周岁",
    "move": "迁移",
    "restore": "恢复原待遇",
}
# What the change is called on the award itself.
ON_AWARD = {"death": "stop", "age_child": "adjust", "age_elder": "adjust"}
ON_AWARD |= {"restore": "resume"}
# Worse for the household: it hears the reason first and may answer (DB57 art 32).
NEEDS_HEARING = frozenset({"taper", "suspend", "stop", "person_out", "age_child"})


@dataclass(frozen=True)
class Cause:
    """Why: words for screen and letter, the kinds it fits, document and article."""

    words: str
    kinds: frozenset[str]
    document: str
    article: str


def _c(words: str, kinds: str, document: str, article: str) -> Cause:
    return Cause(words, frozenset(kinds.split()), document, article)


CAUSES: dict[str, Cause] = {
    "means": _c("收入、支出或财产变化", "adjust stop", "DB57", "30"),
    "members": _c("家庭人口变化", "adjust person_out", "DB57", "30"),
    "job": _c("就业后收入超过标准", "taper", "DB57", "33"),
    "recheck": _c("复核结果", "adjust stop taper", "DB57", "31"),
    "refused_work": _c("连续3次无正当理由拒绝介绍的工作", "person_out", "DB57", "34"),
    "imprisoned": _c("服刑或强制戒毒", "person_out stop", "DB57", "7"),
    "death": _c("本人去世", "death person_out", "NT22", "一(三)"),
    "life": _c("联系不上本人，待核实", "suspend", "DOUDI", "R26"),
    "checking": _c("情况待核实", "suspend", "DB57", "32"),
    "cleared": _c("已核实，恢复", "resume", "DB57", "32"),
    "own_wish": _c("本人自愿退出", "stop", "DB57", "32"),
    "fraud": _c("隐瞒、虚报", "stop adjust", "NT22", "五(五)"),
    "error": _c("纠正办理差错", "adjust stop resume", "DB57", "39"),
    "age": _c("满年龄，分类施保变化", "age_child age_elder", "SX21", "分类施保"),
    "moved": _c("搬迁", "move", "NT22", "三(一)"),
    "appeal": _c("申诉成立", "restore", "SI649", "65"),
    "appeal_hold": _c("申诉期间停止执行", "restore", "XZFY", "42"),
}

ORIGINS = {
    "office": "经办人",
    "report": "变化报告",
    "recheck": "复核",
    "timetable": "到期提醒",
    "comparison": "比对预警",
    "appeal": "申诉",
}

CALLS = {"plan": "到期复核", "comparison": "比对预警", "death": "成员去世", "report": "变化报告"}
OUTCOMES = {
    "same": "继续，金额不变",
    "raise": "增发",
    "cut": "减发",
    "taper": "渐退",
    "stop": "停发",
}
CLASSES = {"a": "甲类（每年）", "b": "乙类（半年）", "c": "丙类（每季）"}
# The changes of an award that a household may appeal against, by their word on the award.
APPEALABLE = frozenset({"adjust", "person_out", "taper", "suspend", "stop"})
RECOVERY_STATES = {
    "proposed": "待决定",
    "agreed": "分期退还",
    "waived": "不予追回",
    "repaid": "已退清",
}
RECOVERY_CAUSES = {
    "death": "去世后多发",
    "late_report": "未及时报告变化",
    "fraud": "隐瞒、虚报",
    "error": "办理差错",
}
STANDARD_STATES = {"prepared": "待批准", "applied": "已批准", "dropped": "已作废"}


def causes_of(kind: str) -> dict[str, str]:
    """The causes that fit a kind, with their words."""
    return {code: cause.words for code, cause in CAUSES.items() if kind in cause.kinds}


def is_heard(kind: str, before: int, after: int) -> bool:
    """Whether the household is heard first: by its kind, or because it gets less."""
    return kind in NEEDS_HEARING or (kind == "adjust" and after < before)


def require_state(move: str, state: str, *allowed: str) -> None:
    """WrongStage where a proposal, list or recovery stands elsewhere."""
    if state not in allowed:
        raise WrongStage(move, state, "这件事已经办过了，请看最新情况")
