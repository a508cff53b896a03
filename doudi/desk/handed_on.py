"""Lines of referrals and requests to the hukou place, as lists, pages and tabs show them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doudi.referrals import queries
from doudi.referrals.flow import FINDINGS, QUESTIONS
from doudi.regions.queries import path_names
from doudi.ui.words import said
from doudi.vault.masking import mask_name

Line = dict[str, Any]


def referral_line(row: queries.Row, case: Any = None) -> Line:
    """A referral with the department in the page's language and the name masked."""
    known = row.department
    office, matter = known.words(get_language() or "zh") if known else (row.referral.department, "")
    return {
        "referral": row.referral,
        "light": row.light,
        "office": office,
        "matter": matter,
        "name": mask_name((case or row.referral.case).applicant_name),
    }


def place_lines(rows: Sequence[queries.PlaceRow], case: Any = None) -> list[Line]:
    """Requests with what was asked, found and by whom, names masked; one query for all towns."""
    towns = path_names(sorted({row.request.from_town for row in rows})) if rows else {}
    return [_place_line(row, towns, case) for row in rows]


def _place_line(row: queries.PlaceRow, towns: Mapping[str, str], case: Any) -> Line:
    asked = row.request
    found = asked.findings.open() or {}
    return {
        "request_": asked,
        "light": row.light,
        "name": mask_name((case or asked.case).applicant_name),
        "from_name": towns[asked.from_town],
        "questions": [(said(QUESTIONS[q]), _finding(found.get(q, ""))) for q in asked.questions],
        "text": asked.text.open() or "",
        "answer": asked.answer.open() or "",
    }


def _finding(found: str) -> str:
    return said(FINDINGS[found]) if found else _("还没有答复")
