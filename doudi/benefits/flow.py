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


def roll_moved(move: str, stage: str) -> RollStage:
    """The roll's stage after `move`; raises WrongStage where it is not legal."""
    here, there = ROLL_MOVES[move]
    if stage != here:
        raise WrongStage(move, stage)
    return there
