"""How a delivered file goes, in line, being checked, then taken, held or sent back; and cycles."""

from dataclasses import dataclass

from doudi.kernel.errors import WrongStage

WAITING, CHECKING = "waiting", "checking"
TAKEN, HELD, REFUSED = "taken", "held", "refused"
STATES = {
    WAITING: "排队检查",
    CHECKING: "正在检查",
    TAKEN: "已收下",
    HELD: "已收到，待市级核实",
    REFUSED: "退回",
}
OPEN = (WAITING, CHECKING)
CAME = (WAITING, CHECKING, TAKEN, HELD)

# An earlier number was still missing, or our own work failed.
PASSING = ("gap", "failed")

# 数据问题: a row that a check on the spot found wrong.
TOLD, CORRECTED, DISPUTED = "told", "corrected", "disputed"
UPHELD, AGREED = "upheld", "agreed"
PROBLEM_STATES = {
    TOLD: "待部门处理",
    CORRECTED: "部门已更正",
    DISPUTED: "部门有异议",
    UPHELD: "维持：数据有误",
    AGREED: "认可部门：数据无误",
}
PROBLEM_MOVES = {"correct": (TOLD,), "dispute": (TOLD,), "settle": (DISPUTED,)}

PAGE, FOLDER, MACHINE = "page", "folder", "machine"
ROADS = {PAGE: "网页上传", FOLDER: "交换文件夹", MACHINE: "接口"}


def require_move(move: str, state: str) -> None:
    """WrongStage where somebody was quicker."""
    if state not in PROBLEM_MOVES[move]:
        raise WrongStage(move, state, "这个数据问题已经有人处理过，请看最新情况")


@dataclass(frozen=True)
class Cycle:
    """Either `days` after the last delivery, or spans of `months` due `by` days after one."""

    zh: str
    en: str
    days: int = 0
    soon: int = 0
    months: int = 0
    first: int = 1
    by: int = 0
    after: str = "end"
