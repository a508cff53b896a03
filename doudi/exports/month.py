"""The list behind a number of the month, as a ledger: exactly the rows that the number counts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from doudi.accounts.models import Staff
from doudi.cases.flow import STAGE_NAMES, Stage
from doudi.exports.lines import NOWHERE, Line, Row, Source, date, day, places
from doudi.policy.wording import PROGRAMMES
from doudi.reports import queries as reports

Asked = dict[str, Any]  # what the list's address says, and `on`, the day it was asked
CHANNELS = {"code": "申请码", "window": "窗口", "assistant": "协理员代办"}
KINDS = {
    "received": "month_cases",
    "accepted": "month_cases",
    "ended": "month_cases",
    "standing": "month_standing",
    "passed": "month_passed",
    "granted_monthly": "month_granted",
    "granted_once": "month_granted",
    "paid_rolls": "month_rolls",
    "paid_lines": "month_lines",
}


def asked_by(staff: Staff, told: Mapping[str, list[str]], on: dt.date) -> Asked:
    """What is kept of an address; NotFound where the place is not the person's."""
    found = reports.asked_for(staff, told, on)
    kept = {"figure": [found.figure.key], "unit": [found.place.stem], "month": [str(found.month)]}
    return {"told": kept | found.dims, "on": on.isoformat()}


def ledger_key(asked: Asked) -> str:
    """Which columns the list has."""
    return KINDS[asked["told"]["figure"][0]]


def _found(staff: Staff, asked: Asked) -> reports.Asked:
    """The scope is asked anew: a post may have ended since."""
    return reports.asked_for(staff, asked["told"], dt.date.fromisoformat(asked["on"]))


def title(staff: Staff, asked: Asked) -> str:
    """汉台区 2022-05 收件清单."""
    found = _found(staff, asked)
    return f"{found.place.name} {found.month} {found.figure.words}清单"


def source(asked: Asked) -> Source:
    """The rows in the officer's scope, as they stood on the day of asking."""
    key = ledger_key(asked)
    related, order, lines = SHAPES[key]
    is_once = asked["told"]["figure"] == ["granted_once"]

    def rows(staff: Staff) -> Any:
        found = reports.listed(_found(staff, asked), dt.date.fromisoformat(asked["on"]))
        return found.select_related(*related)

    return Source(rows, order, _once if is_once else lines)


def _programme(code: str) -> str:
    return PROGRAMMES[code][0] if code in PROGRAMMES else ""


def _stage(code: str) -> str:
    return STAGE_NAMES[Stage(code)]


def _cases(found: Sequence[Any]) -> list[Line]:
    where = places(c.village_id for c in found)
    return [
        Line(
            c.village_id,
            [
                *where.get(c.village_id, NOWHERE),
                c.number,
                c.applicant_name,
                c.member_count,
                _programme(c.programme),
                c.stage_name,
                CHANNELS.get(c.channel, ""),
                day(c.submitted_at),
                date(c.accepted_on),
                date(c.due_on),
                date(c.ended_on),
            ],
        )
        for c in found
    ]


def _of_case(case: Any, where: Mapping[str, Row]) -> Row:
    return [*where.get(case.village_id, NOWHERE), case.number, case.applicant_name]


def _standing(found: Sequence[Any]) -> list[Line]:
    where = places(s.case.village_id for s in found)
    return [
        Line(
            s.case.village_id,
            [
                *_of_case(s.case, where),
                _programme(s.programme),
                _stage(s.stage),
                day(s.since_at),
                day(s.case.submitted_at),
                date(s.case.due_on),
            ],
        )
        for s in found
    ]


def _passed(found: Sequence[Any]) -> list[Line]:
    where = places(s.case.village_id for s in found)
    return [
        Line(
            s.case.village_id,
            [
                *_of_case(s.case, where),
                _programme(s.programme),
                _stage(s.stage),
                day(s.since_at),
                day(s.until_at),
                s.days,
            ],
        )
        for s in found
    ]


def _granted(found: Sequence[Any], fen: str = "monthly_fen") -> list[Line]:
    where = places(d.case.village_id for d in found)
    return [
        Line(
            d.case.village_id,
            [
                *_of_case(d.case, where),
                _programme(d.programme),
                getattr(d, fen),
                day(d.at),
                d.start_month,
            ],
        )
        for d in found
    ]


def _once(found: Sequence[Any]) -> list[Line]:
    return _granted(found, "once_fen")


def _rolls(found: Sequence[Any]) -> list[Line]:
    where = places(r.county for r in found)
    return [
        Line(
            "",
            [
                where.get(r.county, NOWHERE)[0],
                r.number,
                r.month,
                r.stage_name,
                r.household_count,
                r.person_count,
                r.total_fen,
            ],
        )
        for r in found
    ]


def _lines(found: Sequence[Any]) -> list[Line]:
    where = places(p.award.village for p in found)
    return [
        Line(
            p.award.village,
            [
                *where.get(p.award.village, NOWHERE),
                p.roll.number,
                p.award.payee_name,
                _programme(p.award.programme),
                p.month,
                p.stage_name,
                p.amount_fen,
            ],
        )
        for p in found
    ]


BY_CASE = ("case__village", "case__number", "pk")
SHAPES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], Any]] = {
    "month_cases": ((), ("village_id", "number"), _cases),
    "month_standing": (("case",), BY_CASE, _standing),
    "month_passed": (("case",), BY_CASE, _passed),
    "month_granted": (("case",), BY_CASE, _granted),
    "month_rolls": ((), ("county", "number"), _rolls),
    "month_lines": (("award", "roll"), ("award__village", "end_to_end_id"), _lines),
}
