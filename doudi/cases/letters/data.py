"""letters_data(): the data of a print form for one case."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from doudi.cases.letters.common import (
    ALTERNATIVES,
    RELATIONS,
    Data,
    File,
    assessment_of,
    clause,
    decision_of,
    file_of,
    letter,
    letter_of,
    office,
    remedies,
)
from doudi.cases.letters.review_sheet import review_sheet
from doudi.cases.models import Letter, PublicNotice, Supplement
from doudi.cases.queries import chosen_finding, pack
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import Month
from doudi.policy.wording import PROGRAMMES, formula_lines, sentence
from doudi.regions.queries import HOTLINE, office_phone, path_name
from doudi.vault.masking import mask_account, mask_id, mask_name
from doudi.verification.queries import consents_of

RECHECK_MONTHS = 12


def letters_data(case_id: UUID, form: str) -> Data:
    """Plain values for `doudi.paper`; NotFound for a form that the case has nothing for yet."""
    if form not in MAKERS:
        raise NotFound("没有这种表单")
    return MAKERS[form](file_of(case_id))


def _authorisation(file: File) -> Data:
    given = [c for c in consents_of(file.case.application_id) if c.withdrawn_at is None]
    if not given:
        raise NotFound("还没有授权书")
    return {
        "case_number": file.case.number,
        "number": given[0].number,
        "signers": [_signer(c) for c in given],
        "authorised": f"{path_name(file.case.county, since='city')}民政局",
        "valid_from": min(c.signed_at for c in given).date().isoformat(),
        "valid_until": min(c.valid_until for c in given).isoformat(),
        "text_version": given[0].text_version,
    }


def _signer(consent: Any) -> Data:
    row = {
        "name": consent.name,
        "relation": RELATIONS.get(consent.relation, consent.relation),
        "id_number": mask_id(consent.id_number.open() or ""),
        "manner": consent.manner,
        "signed_by": consent.signed_by,
        "signed_on": consent.signed_at.date().isoformat(),
        "signed_at": f"{consent.signed_at:%Y-%m-%d %H:%M}",
        "evidence_sha256": consent.evidence_sha256,
    }
    return row | ({"guardian": consent.signed_by} if consent.guardian_of else {})


def _acceptance(file: File) -> Data:
    case = file.case
    if case.accepted_on is None or case.due_on is None:
        raise NotFound("还没有受理")
    written = Letter(at=case.submitted_at, by_name=_accepted_by(file))
    book = pack().book
    return letter(file, written, "受") | {
        "clause": clause("10"),
        "matter": "社会救助(最低生活保障等,按核算结果确定)",
        "household_size": case.member_count,
        "accepted_on": case.accepted_on.isoformat(),
        "issued_on": case.accepted_on.isoformat(),
        "due_on": case.due_on.isoformat(),
        "work_days": book.general("process.total_days", case.accepted_on),
        "notice_days": book.general("process.notice_days", case.accepted_on),
    }


def _accepted_by(file: File) -> str:
    step = file.case.steps.filter(move="accept").order_by("-at").first()
    return step.by_name if step else ""


def _supplement(file: File) -> Data:
    asked = Supplement.objects.filter(case=file.case).order_by("-at").first()
    if asked is None:
        raise NotFound("没有要求补正")
    return letter(file, letter_of(file, "supplement"), "补") | {
        "clause": clause("10"),
        "items": [{"what": i["what"], "why": i.get("why", ""), "where": ""} for i in asked.items],
        "answer_by_on": asked.answer_by_on.isoformat(),
    }


def _rejection(file: File) -> Data:
    made = letter_of(file, "rejection")
    step = file.case.steps.filter(move="decline").order_by("-at").first()
    return (
        letter(file, made, "不受")
        | remedies(file.case)
        | {
            "facts": step.note if step else "",
            "clause": clause("10"),
            "alternatives": ALTERNATIVES[1:],
        }
    )


def _notice(file: File) -> Data:
    case = file.case
    found = PublicNotice.objects.filter(case=case).order_by("-at").first()
    if found is None:
        raise NotFound("还没有公示")
    line = {
        "sequence": case.number[-5:],
        "masked_name": mask_name(case.applicant_name),
        "village": found.place,
        "household_size": found.persons,
        "persons": found.covered,
        "programme": PROGRAMMES[found.programme][0],
        "monthly_fen": found.monthly_fen,
    }
    return {
        "town": path_name(case.town),
        "clause": clause("19"),
        "from_on": found.from_on.isoformat(),
        "until_on": found.until_on.isoformat(),
        "days": (found.until_on - found.from_on).days,
        "cases": [line],
        "town_phone": office_phone(case.town),
        "county_phone": office_phone(case.county),
        "hotline": HOTLINE,
        "office": office(case),
        "issued_on": found.from_on.isoformat(),
        "place": f"{found.place}公示栏",
    }


def _result(file: File) -> Data:
    decision = decision_of(file)
    common = letter(file, letter_of(file, "F13"), "确" if decision.granted else "不确")
    return common | remedies(file.case) | (_granted(file) if decision.granted else _refused(file))


def _granted(file: File) -> Data:
    decision, bank = decision_of(file), file.applicant.get("bank") or {}
    finding = chosen_finding(decision.assessment)
    covered = decision.persons.open() or []
    return {
        "result": "granted",
        "programme": PROGRAMMES[decision.programme][0],
        "clause": clause("21", "23"),
        "household_size": file.case.member_count,
        "persons": len(covered),
        "covered_names": "、".join(p["name"] for p in covered),
        "monthly_fen": decision.monthly_fen,
        "start_month": decision.start_month,
        "payment": f"{bank.get('bank', '')} 户名{bank.get('holder', '')} "
        f"{mask_account(bank.get('account', ''))}",
        "formula": formula_lines(finding) if finding else [],
        "review_cycle": "每年",
        "next_review": str(Month.parse(decision.start_month).plus(RECHECK_MONTHS)),
    }


def _refused(file: File) -> Data:
    decision = decision_of(file)
    found = decision.assessment.findings.open()["findings"]
    dibao = next(f for f in found if f["programme"] == "dibao")
    reasons = [{"fact": decision.reason, "clause": clause("21")}] + [
        {
            "fact": sentence(r["code"], r["values"]),
            "clause": clause(r["article"], document=r["document"]),
        }
        for r in dibao["reasons"]
        if dibao["outcome"] == "ineligible"
    ]
    return {
        "result": "refused",
        "programme": PROGRAMMES["dibao"][0],
        "clause": clause("21"),
        "reasons": reasons,
        "alternatives": ALTERNATIVES,
    }


def _review_sheet(file: File) -> Data:
    return review_sheet(file, assessment_of(file))


MAKERS: dict[str, Callable[[File], Data]] = {
    "F02": _authorisation,
    "F04-1": _acceptance,
    "F04-2": _supplement,
    "F04-3": _rejection,
    "F09": _review_sheet,
    "F12": _notice,
    "F13": _result,
}
