"""letter_data(): the data of a print form for one case; one file a form beside it."""

from collections.abc import Callable
from uuid import UUID

from doudi.cases.letters.acceptance import acceptance
from doudi.cases.letters.appraisal_record import appraisal_record
from doudi.cases.letters.authorisation import authorisation
from doudi.cases.letters.common import Data, File, file_of
from doudi.cases.letters.notice_sheet import notice_sheet
from doudi.cases.letters.rejection import rejection
from doudi.cases.letters.result import result
from doudi.cases.letters.review_sheet import review_sheet
from doudi.cases.letters.supplement import supplement
from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import NotFound
from doudi.paper.forms import find_form

MAKERS: dict[str, Callable[[File], Data]] = {
    "F02": authorisation,
    "F04-1": acceptance,
    "F04-2": supplement,
    "F04-3": rejection,
    "F08": appraisal_record,
    "F09": review_sheet,
    "F12": notice_sheet,
    "F13": result,
}


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
