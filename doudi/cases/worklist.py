"""The officer's list: filters, lights, one page of rows, and the counters above it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from doudi.accounts.models import Staff
from doudi.accounts.queries import covered_by, names_of, scope
from doudi.cases.flow import CLOSED, Stage
from doudi.cases.models import Case, Pause, PublicNotice
from doudi.cases.queries import SOON, Light, light, pack, unaccepted, visible
from doudi.clock.time import today
from doudi.regions.queries import beside_any
from doudi.vault.masking import mask_name


@dataclass(frozen=True)
class Filters:
    """What the worklist is narrowed to."""

    stage: str = ""
    village: str = ""
    mine: bool = False
    light: str = ""
    open_only: bool = True
    page: int = 1


@dataclass(frozen=True)
class Row:
    """One line of the worklist."""

    case: Case
    name: str
    light: Light
    stage: str
    village: str
    clerk: str  # whose case it is
    covered: bool  # he is away, and the reader stands in for him


PAGE = 50


def worklist(staff: Staff, filters: Filters, on: dt.date) -> tuple[list[Row], int]:
    """One page of rows, and how many there are; three queries.

    Open ones by last day, before acceptance first; with ended ones among them the newest first.
    """
    is_open = _is_open(filters)
    cases = _narrowed(visible(staff) if is_open else _anywhere(staff), staff, filters)
    start = (max(filters.page, 1) - 1) * PAGE
    # The count stands in the same query, by itself: the page is cut from an index.
    count_of = cases.order_by().values(one=Value(1)).annotate(n=Count("*")).values("n")
    counted = cases.annotate(there=Subquery(count_of))
    order = _BY_LAST_DAY if is_open else ("-submitted_at", "pk")
    keys = list(counted.order_by(*order).values_list("pk", "there")[start : start + PAGE])
    by_key = {case.pk: case for case in lines(Case.objects.filter(pk__in=[pk for pk, _n in keys]))}
    page = [by_key[pk] for pk, _n in keys if pk in by_key]
    rows = rows_of(page, on, covered_by(staff))
    return rows, keys[0][1] if keys else cases.count()


_BY_LAST_DAY = (F("due_on").asc(nulls_first=True), "submitted_at", "pk")


def _anywhere(staff: Staff) -> QuerySet[Case]:
    """What `visible` gives, read from the newest on instead of by its place."""
    return Case.objects.filter(beside_any(scope(staff, "case.list"), "town"))


def _is_open(filters: Filters) -> bool:
    """Whether only open cases are asked for."""
    return filters.open_only if not filters.stage else filters.stage not in CLOSED


def lines(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The same with what a line shows: the village, and `stands_since` where the clock stands."""
    standing = Pause.objects.filter(case=OuterRef("pk"), until_on=None).values("from_on")
    return cases.select_related("village").annotate(stands_since=Subquery(standing[:1]))


def rows_of(
    cases: Sequence[Any], on: dt.date, covered: Mapping[str, str] | None = None
) -> list[Row]:
    """The lines of what `lines` gave; `covered` are people away for whom the reader stands in."""
    names = names_of({c.clerk_id for c in cases if c.clerk_id})
    return [
        Row(
            c,
            mask_name(c.applicant_name),
            light(c, on, c.stands_since),
            c.stage_name,
            c.village.name,
            names.get(str(c.clerk_id), ""),
            str(c.clerk_id) in (covered or {}),
        )
        for c in cases
    ]


def _narrowed(cases: QuerySet[Case], staff: Staff, filters: Filters) -> QuerySet[Case]:
    if filters.open_only and not filters.stage:
        cases = cases.filter(ended_at=None)
    if filters.stage:
        cases = cases.filter(stage=filters.stage)
    if filters.stage and _is_open(filters):
        cases = cases.filter(ended_at=None)
    if filters.village:
        cases = cases.filter(village_id=filters.village)
    if filters.mine:
        cases = cases.filter(clerk_id__in=_hands(staff))
    if filters.light:
        cases = cases.filter(_lit(filters.light))
    return cases


def _hands(staff: Staff) -> list[str]:
    """Whose cases are mine today: my own, and those of whom I stand in for."""
    return [str(staff.pk), *covered_by(staff)]


def _lit(kind: str) -> Q:
    """Cases whose light is of a kind, by the days between which the last day must lie."""
    soon_until = pack().calendar.add_workdays(today(), SOON).on
    standing = Pause.objects.filter(until_on=None)
    runs = ~Q(pk__in=standing.values("case"))
    late_already = standing.filter(case=OuterRef("pk"), from_on__gt=OuterRef("due_on"))
    waits = unaccepted(today())
    lights = {
        "none": Q(due_on=None),
        "late": Q(due_on__lt=today()) & runs | Exists(late_already) | waits,
        "soon": Q(due_on__gte=today(), due_on__lte=soon_until) & runs,
    }
    return lights.get(kind) or ~(lights["none"] | lights["late"] | lights["soon"])


def counters(staff: Staff, on: dt.date) -> dict[str, int]:
    """The figures at the head of the workbench; one query."""
    ending = PublicNotice.objects.filter(until_on=on, taken_down_at=None)
    return (
        visible(staff)
        .filter(ended_at=None)
        .aggregate(
            to_accept=Count("pk", Q(stage=Stage.SUBMITTED.value)),
            under_way=Count("pk"),
            mine=Count("pk", Q(clerk_id__in=_hands(staff))),
            late=Count("pk", _lit("late")),
            soon=Count("pk", _lit("soon")),
            noticed=Count("pk", Q(stage=Stage.NOTICED.value)),
            ending=Count("pk", Q(pk__in=ending.values("case"))),
        )
    )
