"""The kinds of work that can be handed over, and the right that whoever takes it must hold."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`moves`: the work itself bears a name, which changes; else the handover keeps the name."""

    words: str
    right: str
    moves: bool


KINDS: dict[str, Kind] = {
    "case": Kind("在办办件", "case.assess", True),
    "draft": Kind("窗口未交的申请", "application.file", True),
    "call": Kind("急难求助和上门", "urgent.take", True),
    "shift": Kind("值班", "urgent.take", True),
    "lead": Kind("主动发现线索", "lead.close", False),
    "referral": Kind("转介待答复", "referral.answer", False),
    "place": Kind("协查待答复", "place.ask", False),
    "inquiry": Kind("疑点核查", "discrepancy.work", True),
    "check": Kind("核查待复核", "supervision.check", False),
    "sheet": Kind("督办单待答复", "supervision.urge", False),
}
