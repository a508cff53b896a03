"""转介 as the household sees it: where it went, by when an answer comes, what else may fit."""

import datetime as dt
from typing import Any

from django.utils.translation import get_language

from doudi.cases.flow import Stage
from doudi.referrals import queries
from doudi.referrals.flow import OPEN

Json = dict[str, Any]
DECIDED = frozenset({Stage.CONFIRMED, Stage.REFUSED})


def referred(case: Any, on: dt.date) -> Json:
    """The referrals of a case; once it is decided, what else the facts suggest."""
    made = queries.referrals_of(case.pk)
    asked = {r.department for r in made}
    decided = Stage(case.stage) in DECIDED
    found = queries.chances(made, case.facts.open(), on) if decided else []
    others = [c.department for c in found if c.grounds and c.department.key not in asked]
    return {
        "rows": [line(queries.row(r, on)) for r in made],
        "lives": [p for p in queries.lives_of_case(case.pk) if p.state == OPEN] if decided else [],
        "others": [department.words(get_language() or "zh") for department in others],
    }


def line(row: queries.Row) -> Json:
    """One referral in the page's language."""
    known = row.department
    office, matter = known.words(get_language() or "zh") if known else (row.referral.department, "")
    return {
        "referral": row.referral,
        "office": office,
        "matter": matter,
        "days": row.light.days if row.light.kind != "none" else None,
        "is_open": row.referral.state == OPEN,
        "answer": row.referral.answer.open() or "",
    }
