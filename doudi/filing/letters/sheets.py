"""What is printed beyond a case's own papers: mandates (F03), and the cover of its file (F24)."""

import datetime as dt
from typing import Any
from uuid import UUID

from doudi.accounts.models import Staff
from doudi.cases.file import CaseFile
from doudi.cases.letters.common import File, day, file_of, office
from doudi.cases.letters.data import MAKERS, letter_data
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import CHINA
from doudi.filing.file import Slot
from doudi.filing.letters.genuine import with_change_mark
from doudi.filing.letters.upkeep import change_letter
from doudi.kernel.errors import NotFound
from doudi.mandates.flow import MATTERS, RELATIONS
from doudi.mandates.queries import mandates_of
from doudi.paper.forms import find_form
from doudi.policy.wording import programme_name
from doudi.regions.queries import path_name
from doudi.upkeep.queries import proposal

Data = dict[str, Any]


def code_of(sheet: str) -> str:
    """The form of a sheet; of a letter of change the part before the proposal's id."""
    return sheet.partition("/")[0]


def sheet_data(case_id: UUID, sheet: str, *, language: str = "zh", full: bool = False) -> Data:
    """The data of a sheet for a case; NotFound for one that it has nothing for."""
    code = find_form(code_of(sheet)).code
    if code == "F14":
        return _change(case_id, sheet, language)
    if code in MAKERS:
        return letter_data(case_id, code, language=language, full=full)
    if code == "F03":
        return mandate_sheet(file_of(case_id, full=full)) | {"demo": is_demo()}
    raise NotFound("没有这种表单")


def _change(case_id: UUID, sheet: str, language: str) -> Data:
    found = proposal(UUID(sheet.partition("/")[2]))
    if found.award.case_id != case_id:
        raise NotFound("没有这件事")
    return with_change_mark(change_letter(found, language), found.pk)


def mandate_sheet(file: File) -> Data:
    """F03 of the newest mandate that was not withdrawn; NotFound without one."""
    living = [m for m in mandates_of(file.case.pk) if m.withdrawn_at is None]
    if not living:
        raise NotFound("没有委托")
    newest = living[0]
    return {
        "number": f"{file.case.number}-委",
        "case_number": file.case.number,
        "giver": {
            "name": file.case.applicant_name,
            "id_number": file.id_number(file.applicant["id_number"]),
            "address": path_name(file.applicant["region"]),
            "phone": file.phone(file.applicant["phone"]),
        },
        "holder": {
            "name": newest.name.open() or "",
            "relation": RELATIONS[newest.relation],
            "phone": file.phone(newest.phone.open() or ""),
        },
        "matters": [MATTERS[m] for m in newest.matters],
        "from_on": day(newest.given_at),
        "until_on": newest.until_on.isoformat(),
        "signed": {"witness": newest.witness.open() or ""},
    }


def cover(
    file: CaseFile, slots: list[Slot], papers: list[Data], by: Staff, at: dt.datetime
) -> Data:
    """F24: the cover, the thirteen parts, and every paper with its page."""
    case = file.case
    chosen = file.assessments[0].chosen if file.assessments else ""
    return {
        "demo": is_demo(),
        "case_number": case.number,
        "office": office(case),
        "number": f"{case.submitted_at.astimezone(CHINA).year}-{case.number[-5:]}",
        "applicant": case.applicant_name,
        "programme": programme_name(chosen) if chosen else "",
        "village": path_name(case.village_id),
        "from_on": day(case.submitted_at),
        "until_on": day(case.ended_at) if case.ended_at else "",
        "count": len(papers),
        "sheets": sum(paper["pages"] for paper in papers),
        "filed_by": by.name,
        "filed_on": day(at),
        "slots": [{"name": s.name, "state": s.state, "note": s.note} for s in slots],
        "papers": [
            {
                "slot": str(p["slot"]),
                "name": p["name"],
                "count": f"1／{p['pages']}" if p["pages"] else "1",
                "by": p["by"],
                "on": p["on"],
                "page": str(p["page"]) if p["page"] else "另存",
            }
            for p in papers
        ],
    }
