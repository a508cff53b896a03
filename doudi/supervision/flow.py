"""What is drawn, how a check ends, and the three colours of a sheet."""

from doudi.kernel.errors import WrongStage

NEW, STOCK = "new", "stock"
POPULATIONS = {NEW: "本月新确认", STOCK: "在享家庭"}

# Why a case is checked.
DRAWN, CHOSEN, RELATIVE = "drawn", "chosen", "relative"
GROUNDS = {
    DRAWN: "随机抽取",
    CHOSEN: "指定核查",
    RELATIVE: "近亲属办件",
}

OPEN, PROPOSED = "open", "proposed"
# The decision stands; a slip that harmed nobody; the decision does not stand (two hands).
UPHELD, SLIP, OVERTURNED = "upheld", "slip", "overturned"
CHECK_NAMES = {
    OPEN: "待核查",
    PROPOSED: "拟认定不符，待另一人复核",
    UPHELD: "符合",
    SLIP: "善意差错，已提醒",
    OVERTURNED: "不符，已交镇（街道）重新核定",
}
RESULTS = {UPHELD: "符合", SLIP: "善意差错", OVERTURNED: "不符"}

# A relative of the same name in the same place: a person settles whether it is he.
ASKED, IS_KIN, IS_NOT = "asked", "kin", "not_kin"
MATCH_NAMES = {ASKED: "待核实", IS_KIN: "是近亲属，已备案", IS_NOT: "同名，不是近亲属"}

ANSWERED = "answered"
TIP_NAMES = {OPEN: "待答复", ANSWERED: "已答复"}

# 尽职免责: a slip in good faith that was mended, or one that must be looked into.
EXCUSED, NOT_EXCUSED = "excused", "not_excused"
SLIP_NAMES = {OPEN: "待认定", EXCUSED: "认定为善意差错，不追究", NOT_EXCUSED: "不予认定，另行核查"}

# What about a decision is beyond the ordinary.
FLAGS = {
    "limit": "金额超过镇（街道）限额",
    "against": "不按系统建议",
    "notice": "公示未满或没有公示",
    "hours": "非工作时间确认",
}

# 问题整改: found by somebody, answered by the town, closed (销号) by the county.
CLOSED = "closed"
RECTIFY_NAMES = {OPEN: "待整改", ANSWERED: "已整改，待销号", CLOSED: "已销号"}
RECTIFY_GROUNDS = {
    "overturned": "核查认定不符",
    "doubt": "疑点规则",
    "audit": "审计发现",
    "county": "监督检查发现",
}

COLOURS = ("blue", "orange", "red")
COLOUR_NAMES = {"blue": "蓝色提醒", "orange": "橙色催办", "red": "红色督办"}


def colour_after(sheets: int) -> str:
    """The colour of the next sheet of a case that had so many: blue, orange, then red."""
    return COLOURS[min(sheets, len(COLOURS) - 1)]


def require_state(move: str, state: str, wanted: str) -> None:
    """WrongStage when a check is not where the move begins."""
    if state != wanted:
        raise WrongStage(move, state, "这件核查已经有结果了")
