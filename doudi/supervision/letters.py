"""F27 问题整改通知单: what was found and demanded, with room for the answer, or the answer."""

from typing import Any

from doudi.cases.letters.common import day
from doudi.clock.demo_mark import is_demo
from doudi.regions.queries import path_name
from doudi.supervision.flow import CLOSED, OPEN

Data = dict[str, Any]


def rectify_sheet(found: Any) -> Data:
    """As far as it has come; an answer that was sent back stands in the register, not here."""
    answered = found.state != OPEN
    return {
        "demo": is_demo(),
        "number": found.number,
        "raised_on": day(found.raised_at),
        "town": path_name(found.town),
        "ground": found.get_ground_display(),
        "case_number": found.case.number if found.case else "",
        "text": found.text,
        "demand": found.demand,
        "due_on": found.due_on.isoformat(),
        "round": found.round,
        "raised_by": found.raised_by,
        "answer": found.answer,
        "answered_by": found.answered_by,
        "answered_on": day(found.answered_at) if answered else "",
    } | (_closed(found) if found.state == CLOSED else {})


def _closed(found: Any) -> Data:
    return {
        "word": found.word,
        "verdict": "closed",
        "closed_by": found.closed_by,
        "closed_on": day(found.closed_at),
    }
