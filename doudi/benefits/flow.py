"""The legal states of a roll and a payment."""

from enum import StrEnum

from doudi.kernel.errors import WrongStage


class RollStage(StrEnum):
    """编制 → 复核 → 放行 → 已送银行 → 已对账."""

    DRAFT = "draft"
    CHECKED = "checked"
    RELEASED = "released"
    SENT = "sent"
    SETTLED = "settled"


ROLL_NAMES = {
    RollStage.DRAFT: "已编制",
    RollStage.CHECKED: "已复核",
    RollStage.RELEASED: "已放行",
    RollStage.SENT: "已送银行",
    RollStage.SETTLED: "已对账",
}

ROLL_MOVES = {
    "check_roll": (RollStage.DRAFT, RollStage.CHECKED),
    "return_roll": (RollStage.CHECKED, RollStage.DRAFT),
    "release_roll": (RollStage.CHECKED, RollStage.RELEASED),
    "withdraw_release": (RollStage.RELEASED, RollStage.DRAFT),
    "send_roll": (RollStage.RELEASED, RollStage.SENT),
    "settle_roll": (RollStage.SENT, RollStage.SETTLED),
}


CHANGE_NAMES = {
    "adjust": "重新核定",
    "standard": "提标调整",
    "person_out": "个人部分停发",
    "taper": "渐退",
    "suspend": "暂停发放",
    "resume": "恢复发放",
    "stop": "停发",
    "move": "迁移",
}


class PaymentStage(StrEnum):
    """应发 → 在途 → 已到账, or 退回."""

    DUE = "due"
    SENT = "sent"
    PAID = "paid"
    RETURNED = "returned"


PAYMENT_NAMES = {
    PaymentStage.DUE: "应发",
    PaymentStage.SENT: "在途",
    PaymentStage.PAID: "已到账",
    PaymentStage.RETURNED: "退回",
}


class FileStage(StrEnum):
    """补发待放行 → 已放行 → 已送银行 → 已对账; or 已撤回."""

    DRAFT = "draft"
    RELEASED = "released"
    SENT = "sent"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


FILE_NAMES = {
    FileStage.DRAFT: "待放行",
    FileStage.RELEASED: "已放行",
    FileStage.SENT: "已送银行",
    FileStage.SETTLED: "已对账",
    FileStage.WITHDRAWN: "已撤回",
}

FILE_MOVES = {
    "release_reissue": (FileStage.DRAFT, FileStage.RELEASED),
    "send_file": (FileStage.RELEASED, FileStage.SENT),
    "settle_file": (FileStage.SENT, FileStage.SETTLED),
    "withdraw_release": (FileStage.RELEASED, FileStage.WITHDRAWN),
}

# Why a line differs, where no change of the award itself says so: what is seen of it.
REASONS = {
    "begins": "本月起发",
    "resumed": "上月没有发，本月有",
    "taken": "从原系统接收",
    "ended": "本月不再应发",
    "base": "基本保障金变动",
    "top_up": "分类施保金变动",
    "beside": "一次性或补发部分变动",
    "account": "收款账户变更",
    "arrears": "补发以前月份",
    "part": "一次性救助分期到期",
    "elsewhere": "由别的县区发放",
}
BY_RULE = "政策规定的加发"
# How a line differs from last month's roll.
DIFFERENCE_NAMES = {
    "new": "新增",
    "ended": "停发",
    "raised": "调增",
    "lowered": "调减",
    "account": "账户变更",
}


def reason_name(word: str) -> str:
    """The change behind a difference, or what is seen of it; else a rule of the pack."""
    return REASONS.get(word) or CHANGE_NAMES.get(word, BY_RULE)


def file_moved(move: str, stage: str) -> FileStage:
    """The file's stage after `move`; raises WrongStage where it is not legal."""
    here, there = FILE_MOVES[move]
    if stage != here:
        raise WrongStage(move, stage, "发放文件现在不在这一步，请看过最新情况")
    return there


def roll_moved(move: str, stage: str) -> RollStage:
    """The roll's stage after `move`; raises WrongStage where it is not legal."""
    here, there = ROLL_MOVES[move]
    if stage != here:
        raise WrongStage(move, stage, "名册现在不在这一步，请看过最新情况")
    return there
