"""How a delivered file goes, in line, being checked, then taken, held or sent back; and cycles."""

from dataclasses import dataclass

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

PAGE, FOLDER, MACHINE = "page", "folder", "machine"
ROADS = {PAGE: "网页上传", FOLDER: "交换文件夹", MACHINE: "接口"}


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
