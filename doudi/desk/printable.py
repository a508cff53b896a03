"""打印: the forms of a case in the order of the work, and the blank forms of every office."""

from typing import Any

from django.utils.translation import get_language

from doudi.cases.file import CaseFile
from doudi.cases.letters.data import ready_forms
from doudi.paper.forms import FORMS, find_form

Page = dict[str, Any]
# Papers that carry whole numbers when they are signed or filed.
PERSONAL = ("F01", "F02", "F05", "F06", "F07-1", "F07-2", "F09", "F10", "F11", "F15")


def prints_of(file: CaseFile) -> list[Page]:
    """The forms that this case can fill now: code, title, whether in English, whether in full."""
    return [line(code) for code in ready_forms(file)]


def blanks() -> list[Page]:
    """Every form as an empty paper."""
    return [line(code) for code in FORMS]


def line(code: str) -> Page:
    """One form for a list, in the language of the page."""
    form = find_form(code)
    english = (get_language() or "").startswith("en")
    return {
        "code": form.code,
        "words": form.title_en if english else form.title,
        "english": "en" in form.languages,
        "full": form.code in PERSONAL,
    }
