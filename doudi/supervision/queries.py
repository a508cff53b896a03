"""Reading draws, checks and sheets; what may be drawn, and what is late."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope
from doudi.benefits.queries import cases_with_a_living_award
from doudi.cases.queries import Light, confirmed_in_month, overdue, pack
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import Month
from doudi.supervision.figures import draw as drawn
from doudi.supervision.figures import sealed
from doudi.supervision.flow import NEW, OPEN, PROPOSED, colour_after
from doudi.supervision.models import Check, Draw, Sheet

SOON = 3
LISTED = 300
UNDONE = (OPEN, PROPOSED)


def share_of(population: str, on: dt.date) -> int:
    """The share to be drawn, in basis points, on a day."""
    return pack().book.general(f"supervision.{population}_share", on)


def due_after(key: str, on: dt.date) -> dt.date:
    """The last day of `supervision.<key>_days` working days after `on`."""
    law = pack()
    return law.calendar.add_workdays(on, law.book.general(f"supervision.{key}_days", on)).on


def to_draw_from(population: str, county: str, month: str) -> dict[str, UUID]:
    """The cases of a population by number: confirmed in the month, or paid now."""
    if population == NEW:
        return confirmed_in_month(county, Month.parse(month))
    return cases_with_a_living_award(county, month)


def draws(staff: Staff) -> list[Draw]:
    """The draws of the counties that `staff` supervises, newest first, with what is done."""
    rows = in_scope(Draw.objects.all(), staff, "supervision.view", "county")
    counted = rows.annotate(
        total=Count("checks"), done=Count("checks", filter=~Q(checks__state__in=UNDONE))
    )
    return list(counted.order_by("-month", "county", "population").defer("numbers")[:60])


def draw_for(draw_id: UUID, staff: Staff) -> Draw:
    """One draw in scope; NotFound else."""
    found = in_scope(Draw.objects.filter(pk=draw_id), staff, "supervision.view", "county").first()
    if found is None:
        raise NotFound("没有这次抽查")
    return found


def checks_of(draw: Draw) -> list[Check]:
    """The checks of a draw in the order in which they were drawn."""
    by_number = {c.case.number: c for c in draw.checks.select_related("case")}
    return [by_number[n] for n in repeated(draw) if n in by_number]


def repeated(draw: Draw) -> list[str]:
    """The draw done again from its seed and numbers: what was drawn then."""
    return drawn(draw.seed, draw.numbers, draw.share)


def holds(draw: Draw) -> bool:
    """Whether the checks are exactly those that seed and numbers give, and the hash fits."""
    asked = {c.case.number for c in draw.checks.select_related("case")}
    return sealed(draw.numbers) == draw.numbers_sha256 and asked == set(repeated(draw))


def open_checks(staff: Staff) -> list[Check]:
    """What still needs a check or a second hand, the most urgent first."""
    rows = in_scope(Check.objects.all(), staff, "supervision.view", "county")
    undone = rows.filter(state__in=UNDONE).select_related("case__village", "draw")
    return list(undone.defer("draw__numbers").order_by("due_on", "case__number")[:LISTED])


def check_for(check_id: UUID, staff: Staff) -> Check:
    """One check in scope; NotFound else."""
    rows = in_scope(Check.objects.all(), staff, "supervision.view", "county")
    found = rows.filter(pk=check_id).select_related("case__village", "draw").first()
    if found is None:
        raise NotFound("没有这件核查")
    return found


def is_checked(case_id: UUID) -> bool:
    """Whether a check of the case is open."""
    return Check.objects.filter(case_id=case_id, state__in=UNDONE).exists()


@dataclass(frozen=True)
class Late:
    """A late case, how late, and the sheet that hangs or the colour of the next one."""

    case: Any
    light: Light
    sheet: Sheet | None
    next_colour: str


def late_cases(staff: Staff, on: dt.date) -> list[Late]:
    """The late cases of the officer's reach, the latest first, with their sheets; few queries."""
    cases = in_scope(overdue(on), staff, "supervision.view", "county")
    found = list(cases.select_related("village").order_by("due_on", "number")[:LISTED])
    sheets: dict[UUID, list[Sheet]] = {}
    for sheet in Sheet.objects.filter(case__in=found).order_by("issued_at"):
        sheets.setdefault(sheet.case_id, []).append(sheet)
    return [_late(case, sheets.get(case.pk, []), on) for case in found]


def _late(case: Any, sheets: Sequence[Sheet], on: dt.date) -> Late:
    days = pack().calendar.workdays_between(case.due_on, on)
    hanging = next((s for s in sheets if s.answered_at is None), None)
    return Late(case, Light("late", -days), hanging, colour_after(len(sheets)))


def sheets_for(staff: Staff) -> QuerySet[Sheet]:
    """The sheets to the towns of the officer, unanswered first."""
    rows = in_scope(Sheet.objects.all(), staff, "sheet.view", "town")
    return rows.select_related("case").order_by("answered_at", "answer_by_on")


def sheet_for(sheet_id: UUID, staff: Staff) -> Sheet:
    """One sheet in reach; NotFound else."""
    found = sheets_for(staff).filter(pk=sheet_id).first()
    if found is None:
        raise NotFound("没有这张督办单")
    return found


def light(due: dt.date, on: dt.date) -> Light:
    """Working days left until a day."""
    left = pack().calendar.workdays_between(on, due)
    return Light("late" if left < 0 else "soon" if left <= SOON else "ok", left)
