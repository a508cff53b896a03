"""F19 of an inquiry: what the comparison found, who looked, and how it ended."""

from typing import Any

from doudi.cases.letters.common import day
from doudi.clock.demo_mark import is_demo
from doudi.discrepancies.catalog import results, words_of
from doudi.discrepancies.file import Row, rows_of
from doudi.discrepancies.queries import findings_of, visits_of
from doudi.regions.queries import path_name

Data = dict[str, Any]
# The boxes of the sheet by the pack's result codes; what has no box is told in words.
BOX = {
    "confirmed": "recheck",
    "applied": "applied",
    "aided": "enjoying",
    "declared": "enjoying",
    "wrong_data": "wrong_data",
    "other_person": "wrong_data",
    "unreachable": "unreachable",
    "refused": "declined",
    "dead": "dead",
    "away": "away",
}
ACTION = {
    True: "先请本人说明，再核实；核查期间待遇照发",
    False: "上门核实，符合条件的帮助申请",
}


def inquiry_sheet(found: Any) -> Data:
    """Filled as far as it is worked on; the boxes stay empty before the end."""
    rows = rows_of(found, findings_of(found))
    codes = set(found.results.values())
    wrong = [s for s, c in found.results.items() if BOX.get(c) == "wrong_data"]
    visits = visits_of(found)
    return {
        "demo": is_demo(),
        "number": found.number,
        "issued_on": day(found.opened_at),
        "person": found.award.payee_name if found.award else "未在享家庭",
        "village": path_name(found.village),
        "level": "红色" if found.stops else "黄色",
        "rule": "；".join(f"{s} {words_of(s)}" for s in found.signals),
        "facts": [_fact(row) for row in rows],
        "action": ACTION[found.stops],
        "due_on": found.due_on.isoformat(),
        "manner": ["visit"] if visits else [],
        "on": visits[0].on.isoformat() if visits else "",
        "by": f"{visits[0].first}、{visits[0].second}" if visits else found.officer,
        "text": _text(found, visits),
        "outcome": sorted({BOX[c] for c in codes if c in BOX}),
        "wrong_item": "、".join(f"{r.agency}{r.item}" for r in rows if r.signal in wrong),
        "evidence": found.why.open() or "",
        "signed": {"by": found.closed_by, "on": day(found.closed_at) if found.closed_at else ""},
    }


def _fact(row: Row) -> Data:
    return {
        "fact": f"{row.person} {words_of(row.signal)}".strip(),
        "source": f"{row.agency} {row.item}",
        "as_of_on": row.received_on.isoformat() if row.received_on else "",
        "value": row.value,
        "limit": row.limit,
    }


def _text(found: Any, visits: list[Any]) -> str:
    """What the household said, what was seen, and results that have no box."""
    about = results()
    said = found.answer.open() or ""
    parts = [f"本人说明：{said}" if said else ""]
    parts += [v.words.open() or "" for v in visits]
    parts += [f"{words_of(s)}：{about[c].zh}" for s, c in found.results.items() if c in about]
    return "\n".join(part for part in parts if part)
