"""F13 确认(不予确认)告知书: what was decided, from the stored decision and its assessment."""

from doudi.cases.letters.common import (
    Data,
    File,
    clause,
    decision_of,
    findings_of,
    letter,
    letter_of,
    recheck_months,
    remedies,
)
from doudi.cases.letters.rejection import ROADS, road
from doudi.cases.models import Decision
from doudi.cases.queries import pack
from doudi.clock.time import CHINA
from doudi.kernel.periods import Month
from doudi.policy.wording import formula_lines, programme_name, sentence

CYCLES = {6: ("每半年", "every half year"), 12: ("每年", "every year")}
# When and how much is paid: DB57 arts 21 and 23, for the programmes that it rules.
PAID = ("21", "23")
BY_DB57 = ("dibao", "single_person")
REFUSED = "21"


def result(file: File) -> Data:
    """Granted with amount, formula and cycle, or refused with reasons; NotFound before both."""
    decision = decision_of(file)
    made = letter_of(file, "F13")
    own = _granted(file, decision) if decision.granted else _refused(file, decision)
    return letter(file, made, "确" if decision.granted else "不确") | remedies(file.case) | own


def _granted(file: File, decision: Decision) -> Data:
    finding = findings_of(decision.assessment)[decision.programme]
    names = [p["name"] for p in decision.persons.open() or []]
    months = recheck_months(decision.assessment)
    return {
        "result": "granted",
        "programme": programme_name(decision.programme, file.language),
        "clause": _clauses(file, finding, PAID if decision.programme in BY_DB57 else ()),
        "household_size": file.case.member_count,
        "persons": len(names) or decision.assessment.persons,
        "covered_names": "、".join(names),
        "monthly_fen": decision.monthly_fen or decision.once_fen,
        "once": file.say("一次性", "once") if decision.once_fen else "",
        "start_month": decision.start_month,
        "payment": _payment(file),
        "formula": formula_lines(finding, file.language),
        "review_cycle": file.say(*CYCLES[months]),
        "next_review": str(Month.parse(decision.start_month).plus(months)),
        **validity(decision),
    }


def validity(decision: Decision) -> Data:
    """Until when an expense hardship is recognised; afterwards one applies anew (RE24)."""
    if decision.programme != "expense_hardship":
        return {}
    on = decision.at.astimezone(CHINA).date()
    months = pack().book.general("expense_hardship.valid_months", on)
    return {"valid_until": str(Month.of(on).plus(months))}


def _clauses(file: File, finding: Data, more: tuple[str, ...]) -> str:
    """The clauses of the finding's reasons, by document, and those that rule the payment."""
    cited: dict[str, list[str]] = {}
    for reason in finding["reasons"]:
        cited.setdefault(reason["document"], []).append(reason["article"])
    if more:
        cited["DB57"] = sorted({*cited.get("DB57", []), *more}, key=lambda a: a.zfill(3))
    every = [clause(*cited[d], document=d, english=file.english) for d in cited]
    return file.say("、", "; ").join(every)


def _payment(file: File) -> str:
    """Bank, holder and the last four digits; never more, even on a full paper."""
    bank = file.applicant.get("bank") or {}
    name, holder, tail = bank.get("bank", ""), bank.get("holder", ""), bank.get("account", "")[-4:]
    return file.say(
        f"{name}，户名{holder}，尾号{tail}", f"account of {holder} at {name}, ending {tail}"
    )


def _refused(file: File, decision: Decision) -> Data:
    found = findings_of(decision.assessment)
    asked = decision.assessment.chosen or "dibao"
    general = clause(REFUSED, english=file.english)
    return {
        "result": "refused",
        "programme": programme_name(asked, file.language),
        "clause": general,
        "reasons": [{"fact": decision.reason, "clause": general}, *_reasons(file, found[asked])],
        "alternatives": [road(file, p) for p in ROADS if _open(p, found)],
    }


def _reasons(file: File, finding: Data) -> list[Data]:
    """The findings against the household, each with its own clause."""
    against = finding["reasons"] if finding["outcome"] == "ineligible" else []
    return [
        {
            "fact": sentence(r["code"], r["values"], file.language),
            "clause": clause(r["article"], document=r["document"], english=file.english),
        }
        for r in against
    ]


def _open(programme: str, found: dict[str, Data]) -> bool:
    """Temporary aid always, for an emergency may come; others unless they were found shut."""
    if programme == "temporary_aid":
        return True
    return programme in found and found[programme]["outcome"] != "ineligible"
