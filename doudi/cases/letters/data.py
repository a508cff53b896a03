"""letter_data(): the data of a print form for one case; one file a form beside it."""

from collections.abc import Callable
from uuid import UUID

from doudi.cases.file import CaseFile
from doudi.cases.flow import Stage
from doudi.cases.letters.acceptance import acceptance
from doudi.cases.letters.application import application
from doudi.cases.letters.appraisal_call import appraisal_call
from doudi.cases.letters.appraisal_record import appraisal_record
from doudi.cases.letters.authorisation import authorisation
from doudi.cases.letters.ballot import ballot
from doudi.cases.letters.common import Data, File, file_of
from doudi.cases.letters.conference_sheet import conference_sheet
from doudi.cases.letters.near_relative import near_relative_entry
from doudi.cases.letters.notice_sheet import notice_sheet
from doudi.cases.letters.rejection import rejection
from doudi.cases.letters.result import result
from doudi.cases.letters.review_sheet import review_sheet
from doudi.cases.letters.supplement import supplement
from doudi.cases.letters.tekun_sheets import tekun_check, tekun_sheet
from doudi.cases.letters.temporary_sheet import temporary_sheet
from doudi.cases.letters.verified import verification_report, verification_request
from doudi.cases.letters.visit_record import visit_record
from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import NotFound
from doudi.paper.forms import find_form

MAKERS: dict[str, Callable[[File], Data]] = {
    "F01": application,
    "F02": authorisation,
    "F04-1": acceptance,
    "F04-2": supplement,
    "F04-3": rejection,
    "F05": visit_record,
    "F06": tekun_check,
    "F07-1": verification_request,
    "F07-2": verification_report,
    "F08": appraisal_record,
    "F08-2": ballot,
    "F08-3": conference_sheet,
    "F08-4": appraisal_call,
    "F09": review_sheet,
    "F10": tekun_sheet,
    "F11": temporary_sheet,
    "F12": notice_sheet,
    "F13": result,
    "F15": near_relative_entry,
}
BEFORE_OPINION = (Stage.ACCEPTED, Stage.ASSESSED)  # while a meeting may still be held
OWN_SHEET = {"tekun": "F10", "temporary_aid": "F11"}  # the others are decided on F09


def ready_forms(file: CaseFile) -> list[str]:
    """The forms that a case can fill now, in the order of the list; no query of its own."""
    case, chosen = file.case, file.assessments[0].chosen if file.assessments else ""
    is_assessed = bool(file.assessments and file.visits and case.report_id)
    sheet = OWN_SHEET.get(chosen, "F09")
    ready = {
        "F01": True,
        "F02": True,
        "F04-1": case.accepted_on is not None,
        "F04-2": bool(file.supplements),
        "F04-3": case.stage == Stage.NOT_ACCEPTED,
        "F05": bool(file.visits),
        "F06": chosen == "tekun",
        "F07-1": case.report_id is not None,
        "F07-2": case.report_id is not None,
        "F08": bool(file.appraisals),
        "F08-2": case.stage in BEFORE_OPINION,
        "F08-3": any(c.invited for c in file.conferences),
        "F08-4": bool(file.appraisal_calls),
        sheet: is_assessed,
        "F12": bool(file.notices),
        "F13": case.stage in (Stage.CONFIRMED, Stage.REFUSED),
        "F15": bool(case.near_relative),
    }
    return [code for code in MAKERS if ready.get(code)]


def letter_data(case_id: UUID, form: str, *, language: str = "zh", full: bool = False) -> Data:
    """Plain values for `doudi.paper`: money in fen, days as ISO text, `demo` where it is one.

    `form` is a code or template name; `language` is "zh" or "en", Chinese where the form has no
    English. ID numbers, phones and accounts of persons are masked unless `full`; the public
    notice and the account on F13 stay masked even then. NotFound for an unknown case or form,
    and for a form that the case has nothing for yet.
    """
    sheet = find_form(form)
    if sheet.code not in MAKERS:
        raise NotFound("没有这种表单")
    spoken = "en" if language.startswith("en") and "en" in sheet.languages else "zh"
    data = MAKERS[sheet.code](file_of(case_id, spoken, full))
    return data | {"language": spoken, "demo": is_demo()}
