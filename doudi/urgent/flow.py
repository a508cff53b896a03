"""The legal states of a call for help and the moves between them."""

from dataclasses import dataclass
from enum import StrEnum

from doudi.kernel.errors import WrongStage


class Stage(StrEnum):
    """求助 → 接听 → 上门 → 已救助 (or 已转介) → 办结."""

    RAISED = "raised"
    TAKEN = "taken"
    VISITED = "visited"
    HELPED = "helped"
    REFERRED = "referred"
    CLOSED = "closed"


STAGE_NAMES = {
    Stage.RAISED: "待接听",
    Stage.TAKEN: "已接听",
    Stage.VISITED: "已上门",
    Stage.HELPED: "已先行救助",
    Stage.REFERRED: "已转介",
    Stage.CLOSED: "办结",
}

KINDS = {
    "illness": "突发重病",
    "fire": "火灾",
    "traffic": "交通事故",
    "stranded": "滞留、没钱回家",
    "other": "其他急事",
}
CHANNELS = {
    "self": "本人",
    "neighbour": "亲友邻居代为求助",
    "assistant": "村级协理员代为求助",
    "desk": "工作人员登记",
}
MANNERS = {"account": "打到银行账户", "cash": "现金（备用金）"}
FOLLOW_UPS = {
    "dibao": "评估低保等长期救助",
    "referral": "转介医疗救助等",
    "revisit": "回访",
}
GIVEN = {"bed": "住宿", "food": "饮食", "fare": "返乡路费", "goods": "衣被等实物"}
# 补办: what is collected after the relief, by kind of emergency (LS23: register and sign).
PAPERS = {
    "": ("临时救助申请表（本人签字）", "身份证明", "家庭经济状况核对授权书", "收款凭证"),
    "illness": ("诊断证明、住院费用清单",),
    "fire": ("火灾情况证明",),
    "traffic": ("交通事故认定书",),
    "stranded": ("滞留情况说明",),
    "other": ("困难情况证明",),
}


@dataclass(frozen=True)
class Move:
    """One verb: from which stages, to which (None: it stays), under which right."""

    from_: frozenset[Stage]
    to: Stage | None
    right: str


OPEN = frozenset(Stage) - {Stage.CLOSED}
ANSWERED = frozenset({Stage.TAKEN, Stage.VISITED})
MOVES: dict[str, Move] = {
    "take": Move(frozenset({Stage.RAISED}), Stage.TAKEN, "urgent.take"),
    "record_visit": Move(ANSWERED | {Stage.HELPED}, Stage.VISITED, "urgent.visit"),
    "propose": Move(ANSWERED, None, "urgent.propose"),
    "turn_down": Move(ANSWERED, None, "urgent.list"),
    "sign": Move(ANSWERED, Stage.HELPED, "urgent.list"),
    "record_return": Move(frozenset({Stage.HELPED, Stage.CLOSED}), Stage.HELPED, "urgent.papers"),
    "hand_over": Move(frozenset({Stage.HELPED}), None, "urgent.papers"),
    "take_papers": Move(frozenset({Stage.HELPED}), None, "urgent.papers"),
    "hang_notice": Move(frozenset({Stage.HELPED}), None, "urgent.papers"),
    "follow_up": Move(frozenset({Stage.HELPED, Stage.REFERRED}), None, "urgent.papers"),
    "start_application": Move(frozenset({Stage.HELPED, Stage.REFERRED}), None, "urgent.papers"),
    "refer": Move(ANSWERED, Stage.REFERRED, "urgent.take"),
    "pass_call": Move(OPEN - {Stage.RAISED}, None, "work.assign"),
    "close": Move(OPEN, Stage.CLOSED, "urgent.take"),
}


def moved(move: str, stage: str) -> Stage:
    """The stage after `move`; raises WrongStage where it is not legal. After relief it stays."""
    rule = MOVES[move]
    here = Stage(stage)
    if here not in rule.from_:
        raise WrongStage(move, stage, "求助现在不在这一步，请看过最新情况")
    if here == Stage.HELPED and move == "record_visit":
        return here
    return rule.to or here
