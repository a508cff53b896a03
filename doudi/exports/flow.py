"""What a ledger is taken out for, whether whole values may go along, and how an export goes."""

from collections.abc import Mapping
from dataclasses import dataclass

WAITING, WORKING, READY, FAILED, EXPIRED = "waiting", "working", "ready", "failed", "expired"
EXPORT_NAMES = {
    WAITING: "排队中",
    WORKING: "正在生成",
    READY: "可以下载",
    FAILED: "没有做成",
    EXPIRED: "已过期删除",
}


@dataclass(frozen=True)
class Purpose:
    """A purpose from the list: its words, and whether it can need whole values."""

    words: str
    whole: bool


PURPOSES: Mapping[str, Purpose] = {
    "check": Purpose("内部核对", whole=False),
    "meeting": Purpose("会议汇报", whole=False),
    "archive": Purpose("装订存档", whole=True),
    "payment": Purpose("核对发放账户", whole=True),
    "superior": Purpose("报送上级民政部门", whole=True),
}
