"""How help besides money goes: its kinds, and what may follow what."""

from doudi.kernel.errors import WrongStage

# What a helper did (结对帮扶记录).
HELPS = {"visit": "上门看望", "phone": "打电话问候", "errand": "代办事情", "goods": "送东西"}

NEEDS = {
    "food": "米面油等食品",
    "heating": "取暖、煤炭",
    "clothing": "衣被",
    "escort": "陪同看病",
    "care": "照料、做饭洗衣",
    "repair": "修房、修水电",
    "tutoring": "辅导功课",
    "equipment": "轮椅等辅具",
    "other": "其他",
}
OPEN, MATCHED, MET, TAKEN_BACK = "open", "matched", "met", "taken_back"
NEED_NAMES = {OPEN: "等待帮扶", MATCHED: "已有人帮", MET: "已办到", TAKEN_BACK: "已收回"}

# Who agreed that others may see the need: nothing is shown without it.
CONSENTS = {"own": "本人自己提出", "present": "本人当面同意", "phoned": "本人电话里同意"}

GOODS, SERVICE = "goods", "service"
PARTS = {GOODS: "物资", SERVICE: "服务"}
PROMISED, DELIVERED, RECEIVED, MISSING, CANCELLED = (
    "promised",
    "delivered",
    "received",
    "missing",
    "cancelled",
)
PART_NAMES = {
    PROMISED: "约好了",
    DELIVERED: "对方说已送到",
    RECEIVED: "已收到",
    MISSING: "没有收到",
    CANCELLED: "已取消",
}
# Who says that it came: the household itself, or somebody who stood by.
RECEIPTS = {"self": "本人确认", "witness": "见证人确认"}


def require(deed: str, state: str, *allowed: str) -> None:
    """WrongStage unless the state allows the deed."""
    if state not in allowed:
        raise WrongStage(deed, state, "这一步现在办不了，请刷新页面看最新情况")
