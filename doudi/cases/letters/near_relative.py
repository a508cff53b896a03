"""F15 近亲属备案表: an officer's or village cadre's near relative applied (DB57 arts 11, 20)."""

from doudi.cases.letters.common import Data, File, assessment_of, day, office
from doudi.cases.letters.household import residence
from doudi.cases.models import Assessment, RelativeMark
from doudi.kernel.errors import NotFound
from doudi.policy.wording import programme_name

# The six near relations as they are declared, by their box on the sheet.
BOXES = {
    "（配偶）": "spouse",
    "（父母）": "parent",
    "（子女）": "child",
    "（兄弟姐妹）": "sibling",
    "（祖父母、外祖父母）": "other",
    "（孙子女、外孙子女）": "other",
}


def near_relative_entry(file: File) -> Data:
    """Who is related and what the county found; NotFound where nobody is."""
    case = file.case
    if not case.near_relative:
        raise NotFound("没有近亲属关系")
    mark = RelativeMark.objects.filter(case=case).order_by("-at").first()
    return {
        "number": f"{case.number}-亲",
        "case_number": case.number,
        "on": mark.on.isoformat() if mark else day(case.submitted_at),
        "officer": {"name": case.near_relative, "unit": office(case)},
        "applicant": {
            "name": case.applicant_name,
            "id_number": file.id_number(file.applicant["id_number"]),
            "address": residence(file),
        },
        **_relation(case.near_relative),
        **_aid(file),
        **_found(mark),
    }


def _relation(who: str) -> Data:
    """The box of what was declared; none where several are, or only the applicant said so."""
    found = [box for words, box in BOXES.items() if words in who]
    return {"relation": found[0]} if len(found) == 1 else {}


def _aid(file: File) -> Data:
    """What is proposed or given, once it was worked out."""
    try:
        assessment: Assessment = assessment_of(file)
    except NotFound:
        return {"persons": file.case.member_count}
    return {
        "programme": programme_name(assessment.chosen) if assessment.chosen else "",
        "monthly_fen": assessment.monthly_fen or assessment.once_fen,
        "persons": assessment.persons or file.case.member_count,
    }


def _found(mark: RelativeMark | None) -> Data:
    if mark is None:
        return {}
    signed = {"clerk": mark.by_name, "on": mark.on.isoformat()}
    return {
        "check": {"manner": "visit", "result": mark.text},
        "opinions": {"county": signed},
    }
