"""What goes to the province and comes from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

OUT, RECEIPT, HOLDINGS = "out", "receipt", "holdings"
KINDS = {OUT: "上报", RECEIPT: "省级回执", HOLDINGS: "与省级比对"}
SENT, ACCEPTED, REFUSED = "sent", "accepted", "refused"
LINES = {SENT: "待回执", ACCEPTED: "省级已收", REFUSED: "省级退回"}
ONLY_OURS, ONLY_THEIRS, DIFFERS = "only_ours", "only_theirs", "differs"
DIFFERENCES = {ONLY_OURS: "省级没有", ONLY_THEIRS: "本市没有", DIFFERS: "内容不同"}
PURPOSES = {"report": "按月上报", "mend": "更正补报", "check": "数据核对"}


@dataclass(frozen=True)
class Column:
    """One heading of the province, and where its value comes from."""

    heading: str
    ours: str
    kind: str = "text"
    compare: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Template:
    """The mapped table, and how a receipt is read."""

    version: int
    key: str
    columns: tuple[Column, ...]
    receipt: Mapping[str, object]
