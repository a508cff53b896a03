"""F11 临时救助审核确认表: what happened, what was found, what is given once."""

from doudi.cases.letters.common import Data, File, assessment_of, findings_of, span
from doudi.cases.letters.household import CONCLUSIONS, applicant, opinions
from doudi.cases.models import Decision, HomeVisit, PublicNotice
from doudi.kernel.errors import NotFound
from doudi.kernel.money import parse_yuan, yuan_text
from doudi.policy.wording import formula_lines


def temporary_sheet(file: File) -> Data:
    """The sheet as far as the case has come; NotFound unless temporary aid is chosen."""
    case, assessment = file.case, assessment_of(file)
    event = assessment.facts.open().get("event")
    if assessment.chosen != "temporary_aid" or not event:
        raise NotFound("不是临时救助")
    finding = findings_of(assessment)["temporary_aid"]
    decision = Decision.objects.filter(case=case, granted=True, set_aside_at=None).first()
    return {
        "number": case.number,
        "case_number": case.number,
        "accepted_on": case.accepted_on.isoformat() if case.accepted_on else "",
        "applicant": applicant(file),
        "household_size": case.member_count,
        "kind": event["kind"],
        "cause": "other",
        "cause_other": event["cause"],
        "happened_on": event["on"],
        "last": {"on": event.get("last_same_cause_on") or ""},
        "proofs": _proofs(parse_yuan(event["own_cost_yuan"])),
        "checked": _checked(file),
        "amount_fen": assessment.once_fen or assessment.monthly_fen,
        "manner": "transfer",
        "formula": formula_lines(finding),
        "opinions": opinions(case, decision),
        "notice": _notice(file),
    }


def _proofs(own_fen: int) -> str:
    return f"自付{yuan_text(own_fen)}元" if own_fen else ""


def _checked(file: File) -> Data:
    visit = HomeVisit.objects.filter(case=file.case).order_by("-at").first()
    if visit is None:
        return {}
    return {
        "text": CONCLUSIONS[visit.conclusion],
        "by": "、".join(one["name"] for one in visit.visitors),
        "on": visit.on.isoformat(),
    }


def _notice(file: File) -> str:
    hung = PublicNotice.objects.filter(case=file.case).order_by("-at").first()
    return span(hung.from_on, hung.until_on) if hung else ""
