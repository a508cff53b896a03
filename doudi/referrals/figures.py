"""What the facts of a household suggest (the officer chooses), and when a year is over; pure."""

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

WORKING_AGE = (16, 59)
SCHOOLS = frozenset(
    ("kindergarten", "compulsory", "high_school", "vocational", "college", "undergraduate")
)
OWN = frozenset({"owned", "rural_homestead"})
SEVERE = 2


def grounds(facts: Mapping[str, Any] | None, on: dt.date) -> frozenset[str]:
    """The grounds of flow.GROUNDS that hold for these household facts on the day."""
    if not facts:
        return frozenset()
    members = facts["members"]
    homes = {home["kind"] for home in facts["property"]["homes"]}
    held = {
        "serious_illness": any(m["serious_illness"] for m in members),
        "medical_cost": any(e["kind"] == "medical_own" for m in members for e in m["expenses"]),
        "in_school": any(m["student"] in SCHOOLS for m in members),
        "unsafe_home": "derelict" in homes,
        "rented_home": "rented" in homes and not homes & OWN,
        "out_of_work": any(_could_work(m, on) for m in members),
        "disabled": any(m.get("disability") for m in members),
    }
    return frozenset(ground for ground, holds in held.items() if holds)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _could_work(member: Mapping[str, Any], on: dt.date) -> bool:
    """Of working age, without work or school, neither severely disabled nor in need of care."""
    born = dt.date.fromisoformat(member["born"])
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    disability = member.get("disability") or {}
    free = not (member["employed"] or member["serious_illness"] or member["self_care_failed"])
    able = not 1 <= disability.get("grade", 0) <= SEVERE
    return WORKING_AGE[0] <= age <= WORKING_AGE[1] and free and able and member["student"] == "none"
