"""F28 申诉处理决定书: what was appealed against, what came of it, and the way to the court."""

from typing import Any

from doudi.benefits.queries import award as award_by_id
from doudi.cases.letters.common import clause, day
from doudi.cases.queries import pack
from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import NotFound
from doudi.kernel.money import yuan_text
from doudi.policy.wording import programme_name
from doudi.redress.flow import CHANGE_NAMES
from doudi.redress.queries import day_of
from doudi.regions.queries import name_of, office_phone, path_name
from doudi.upkeep.queries import why_of

Data = dict[str, Any]
UPHELD = "申诉成立。恢复变动以前的待遇，少发的补发；由没有办过这件事的人办理。"
UPHELD_BACK = "申诉成立。停止追回，由没有办过这件事的人重新决定；已退还的另行核算。"
DISMISSED = "维持原决定。"


def appeal_letter(found: Any) -> Data:
    """NotFound before it was answered; the name in full, as it goes to the household."""
    if found.answered_at is None:
        raise NotFound("申诉还没有答复")
    award = award_by_id(found.award_id)
    days = pack().book.general("redress.court_days", day_of(found.answered_at))
    return {
        "demo": is_demo(),
        "number": f"{found.award_number}-诉{found.filed_at:%Y%m%d}",
        "issued_on": day(found.answered_at),
        "applicant": award.payee_name,
        "award_number": found.award_number,
        "programme": programme_name(award.programme),
        "against": f"{CHANGE_NAMES[found.kind]}（{day(found.against_at)}）",
        "amounts": _amounts(found),
        "filed_on": day(found.filed_at),
        "late": f"期限到{found.limit_on.isoformat()}，逾期提出，仍予办理"
        if found.late
        else "期限内提出",
        "facts": why_of(found.matter_id),
        "said": found.text.open() or "",
        "outcome": found.state,
        "result": _result(found),
        "reasons": found.answer.open() or "",
        "clause": clause("65", document="SI649"),
        "answered_by": found.answered_by,
        "office": f"{path_name(found.office, since='city')}民政局",
        "court": f"不服本决定的，可以在收到之日起{days}日内向{name_of(award.county)}人民法院起诉。",
        "phone": office_phone(found.office),
    }


def _amounts(found: Any) -> str:
    if found.kind == "recovery":
        return f"追回{yuan_text(found.before_fen)}元"
    before, after = yuan_text(found.before_fen), yuan_text(found.after_fen)
    return f"自{found.from_month}起，每月{before}元改为{after}元"


def _result(found: Any) -> str:
    if found.state != "upheld":
        return DISMISSED
    return UPHELD_BACK if found.kind == "recovery" else UPHELD
