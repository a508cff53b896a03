"""The special groups; what is imported, how a batch goes, and why one is undone."""

from doudi.kernel.errors import WrongStage

# 特殊群体, as the offices list them.

GROUPS = {
    "pneumoconiosis": "尘肺病患者",
    "former_fisher": "退捕渔民",
    "railway_militia": "原铁路建设伤残民兵",
    "orphan": "孤儿",
    "unsupported_child": "事实无人抚养儿童",
    "left_behind_child": "农村留守儿童",
    "lone_elder": "独居空巢老人",
    "severe_disability": "重度残疾人",
}
HOUSEHOLDS, GROUP_LIST = "households", "groups"
IMPORTS = {HOUSEHOLDS: "家庭花名册", GROUP_LIST: "特殊群体名单"}

WAITING, CHECKING, CHECKED, REFUSED = "waiting", "checking", "checked", "refused"
TAKING, GIVING = "taking", "giving"  # under way, piece by piece
TAKEN, UNDONE, DROPPED = "taken", "undone", "dropped"
IMPORT_NAMES = {
    WAITING: "排队检查",
    CHECKING: "正在检查",
    CHECKED: "检查完成，待导入",
    REFUSED: "文件退回",
    TAKING: "正在导入",
    GIVING: "正在撤销",
    TAKEN: "已导入",
    UNDONE: "已撤销",
    DROPPED: "已放弃",
}
ATTEMPTS = 5  # failures in a row after which a person decides how a batch goes on
STUCK_NAMES = {TAKING: "导入中断", GIVING: "撤销中断"}
OVERTAKEN, BUILT_ON = "overtaken", "built_on"
OBSTACLES = {  # what turned a batch round
    OVERTAKEN: "检查之后有人登记了同样的人，这一批一行也没有导入；请重新上传检查",
    BUILT_ON: "已有人在这一批的家庭或人员上办了事，不能整批撤销；请逐户办理变化",
}
UNDO_REASONS = {
    "wrong_file": "传错了文件",
    "wrong_rows": "内容有误，改好重传",
    "twice": "与别的批次重复",
    "asked": "上级要求撤回",
}
BROKEN = "broken"
UNDONE_WHY = UNDO_REASONS | {BROKEN: "导入中断，放弃这一批"}


def require_state(move: str, state: str, *allowed: str) -> None:
    """WrongStage unless the batch stands where the move is legal."""
    if state not in allowed:
        raise WrongStage(move, state, "这一批现在不能这样办，请刷新页面看最新情况")


def require_stuck(move: str, state: str, *, stuck: bool) -> None:
    """WrongStage unless the worker has given the batch up."""
    if not stuck:
        raise WrongStage(move, state, "这一批现在不能这样办，请刷新页面看最新情况")
