"""Reading draws, checks and sheets; what may be drawn, and what is late."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from doudi.accounts.figures.in_hand import OpenTable
from doudi.accounts.models import Staff
from doudi.accounts.queries import accounts_of, in_scope, inside_any, require, scope
from doudi.audit.queries import acts_between
from doudi.benefits.queries import cases_with_a_living_award
from doudi.cases.parts import cases_in
from doudi.cases.queries import (
    Light,
    confirmed_in_month,
    last_day,
    overdue,
    pack,
    stopped_since,
)
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import Month
from doudi.supervision.figures import draw as drawn
from doudi.supervision.figures import placed, sealed
from doudi.supervision.flow import NEW, OPEN, PROPOSED, colour_after
from doudi.supervision.models import Check, Doubt, Draw, Sheet


@dataclass(frozen=True)
class Sample:
    """What an auditor asks for: any seed, and how many."""

    seed: str
    size: int


@dataclass(frozen=True)
class Sampled:
    """How many there were, the hash over their numbers, and the chosen ones with their cases."""

    total: int
    sha256: str
    chosen: list[tuple[str, UUID]]


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
    stopped = stopped_since(found)
    return [_late(c, last_day(c, stopped.get(c.pk)), sheets.get(c.pk, []), on) for c in found]


def _late(case: Any, last: dt.date | None, sheets: Sequence[Sheet], on: dt.date) -> Late:
    days = pack().calendar.workdays_between(last or on, on)
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


# --- for auditors --------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """One line of what somebody did, with the case it was about and the member it named."""

    entry: Any
    case: Any
    member: str


def acts_of(auditor: Staff, officer: Staff, since: dt.datetime, until: dt.datetime) -> list[Shown]:
    """What an officer did in the auditor's counties in a span, oldest first; three queries."""
    stems = scope(auditor, "audit.view")
    entries = list(acts_between(stems, since, until, str(officer.pk))[:MOST_ACTS])
    cases = cases_in(_case_ids(entry.subject for entry in entries))
    return [_shown(entry, cases) for entry in entries]


def _shown(entry: Any, cases: Mapping[UUID, Any]) -> Shown:
    case_id = _case_id(entry.subject)
    case = cases.get(case_id) if case_id else None
    return Shown(entry, case, _member(case, entry.detail.get("member", "")))


MOST_ACTS = 2_000


def _case_id(subject: str) -> UUID | None:
    kind, _, key = subject.partition(":")
    return UUID(key) if kind == "case" else None


def _case_ids(subjects: Iterable[str]) -> set[UUID]:
    return {pk for pk in map(_case_id, subjects) if pk}


def _member(case: Any, key: str) -> str:
    """The name of the member whom a look was about; the applicant's where none is named."""
    if case is None:
        return ""
    if key in ("", "m1"):
        return str(case.applicant_name)
    members = case.application.declaration.open()["members"]
    return next((str(m["name"]) for m in members if m["key"] == key), str(case.applicant_name))


def doubts(auditor: Staff, rule: str = "") -> QuerySet[Doubt]:
    """The questions of the auditor's counties, newest first."""
    rows = in_scope(Doubt.objects.all(), auditor, "audit.view", "county")
    return (rows.filter(rule=rule) if rule else rows).order_by("-day", "rule", "about")


@dataclass(frozen=True)
class Told:
    """A question with the officer, the case or the award that it is about, named."""

    doubt: Doubt
    officer: str
    account: str
    case: Any
    others: int


def doubts_told(auditor: Staff) -> list[Told]:
    """The newest questions, named."""
    return told_of(list(doubts(auditor)[:8]))


def told_of(rows: Sequence[Doubt]) -> list[Told]:
    """Officers and cases behind the questions; two queries."""
    keys = {d: d.about.partition(":")[2] for d in rows}
    staff = accounts_of(keys[d] for d in rows if d.about.startswith("staff:"))
    cases = cases_in(_case_ids(d.about for d in rows))
    return [Told(d, *staff.get(keys[d], ("", "")), _case_of(d, cases), len(d.things)) for d in rows]


def _case_of(doubt: Doubt, cases: Mapping[UUID, Any]) -> Any:
    case_id = _case_id(doubt.about)
    return cases.get(case_id) if case_id else None


def case_of_doubt(doubt: Doubt) -> Any:
    """The case that a question is about; None where it asks about something else."""
    return _case_of(doubt, cases_in(_case_ids([doubt.about])))


def doubt_counts(auditor: Staff) -> dict[str, int]:
    """How many questions each rule asks."""
    counted = doubts(auditor).order_by().values("rule").annotate(n=Count("pk"))
    return {row["rule"]: row["n"] for row in counted}


def sample(auditor: Staff, county: str, month: str, population: str, asked: Sample) -> Sampled:
    """A number of cases that seed and population give, the same for whoever repeats it."""
    require(auditor, "audit.view", county)
    cases = to_draw_from(population, county, month)
    chosen = placed(asked.seed, list(cases))[: asked.size]
    return Sampled(len(cases), sealed(list(cases)), [(number, cases[number]) for number in chosen])


def light(due: dt.date, on: dt.date) -> Light:
    """Working days left until a day."""
    left = pack().calendar.workdays_between(on, due)
    return Light("late" if left < 0 else "soon" if left <= SOON else "ok", left)


def in_hand(stems: Sequence[str]) -> list[OpenTable]:
    """Checks that wait for a second hand, by the first; sheets without an answer, by the issuer."""
    checks = Check.objects.filter(inside_any(stems, "county"), state__in=UNDONE).exclude(by_id="")
    sheets = Sheet.objects.filter(inside_any(stems, "county"), answered_at=None)
    return [
        OpenTable("check", checks, "by_id", "case__number", "county", "due_on"),
        OpenTable("sheet", sheets, "issued_by_id", "case__number", "county", "answer_by_on"),
    ]
