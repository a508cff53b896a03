"""F28 申诉处理决定书: what was appealed against, what came of it, and the way to the court."""

from typing import Any

from doudi.benefits.queries import award as award_by_id
from doudi.cases.letters.common import clause, day
from doudi.cases.queries import case_by_id, pack
from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import NotFound
from doudi.policy.wording import programme_name
from doudi.redress.queries import day_of
from doudi.regions.queries import name_of, office_phone, path_name
from doudi.upkeep.queries import why_of

Data = dict[str, Any]


def appeal_letter(found: Any, language: str = "zh") -> Data:
    """NotFound before it was answered; the name in full, as it goes to the household."""
    if found.answered_at is None:
        raise NotFound("申诉还没有答复")
    award, english = award_by_id(found.award_id), language == "en"
    return {
        "demo": is_demo(),
        "language": "en" if english else "zh",
        "case_number": case_by_id(award.case_id).number if award.case_id else str(award.number),
        "number": f"{found.award_number}-诉{day_of(found.filed_at):%Y%m%d}",
        "issued_on": day(found.answered_at),
        "applicant": award.payee_name,
        "award_number": found.award_number,
        "programme": programme_name(award.programme, "en" if english else "zh"),
        "kind": found.kind,
        "against_on": day(found.against_at),
        **_amounts(found),
        "facts": why_of(found.matter_id),
        "said": found.text.open() or "",
        "filed_on": day(found.filed_at),
        "limit_on": found.limit_on.isoformat(),
        "late": found.late,
        "outcome": found.state,
        "reasons": found.answer.open() or "",
        "clause": clause("65", document="SI649", english=english),
        "officer": found.answered_by,
        "office": f"{path_name(found.office, since='city')}民政局",
        "phone": office_phone(found.office),
        "supervision_phone": office_phone(found.office[:4] + "00"),
        "court": f"{name_of(award.county)}人民法院",
        "court_days": pack().book.general("redress.court_days", day_of(found.answered_at)),
    }


def _amounts(found: Any) -> Data:
    """A recovery has one sum and no month."""
    if found.kind == "recovery":
        return {"before_fen": found.before_fen}
    return {
        "from_month": found.from_month,
        "before_fen": found.before_fen,
        "after_fen": found.after_fen,
    }
