"""The officer's list: filters, lights, one page of rows, and the counters above it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from doudi.accounts.models import Staff
from doudi.cases.flow import STAGE_NAMES, Stage
from doudi.cases.models import Case, Pause
from doudi.cases.queries import SOON, Light, light, pack, stopped_since, visible
from doudi.clock.time import today
from doudi.vault.index import blind_index
from doudi.vault.masking import mask_name


@dataclass(frozen=True)
class Filters:
    """What the worklist is narrowed to; `words` is the search box."""

    stage: str = ""
    village: str = ""
    mine: bool = False
    light: str = ""
    open_only: bool = True
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class Row:
    """One line of the worklist."""

    case: Case
    name: str
    light: Light
    stage: str
    village: str


PAGE = 50


def worklist(staff: Staff, filters: Filters, on: dt.date) -> tuple[list[Row], int]:
    """One page of rows by last day, and how many there are; three queries."""
    cases = _narrowed(visible(staff), staff, filters)
    start = (max(filters.page, 1) - 1) * PAGE
    ordered = cases.select_related("village").order_by("due_on", "submitted_at")
    page = list(ordered[start : start + PAGE])
    stopped = stopped_since(page)
    rows = [
        Row(
            c,
            mask_name(c.applicant_name),
            light(c, on, stopped.get(c.pk)),
            STAGE_NAMES[Stage(c.stage)],
            c.village.name,
        )
        for c in page
    ]
    return rows, cases.count()


def _narrowed(cases: QuerySet[Case], staff: Staff, filters: Filters) -> QuerySet[Case]:
    if filters.words:
        cases = cases.filter(_found(filters.words.strip()))
    elif filters.open_only and not filters.stage:
        cases = cases.filter(ended_at=None)
    if filters.stage:
        cases = cases.filter(stage=filters.stage)
    if filters.village:
        cases = cases.filter(village_id=filters.village)
    if filters.mine:
        cases = cases.filter(clerk_id=staff.pk)
    if filters.light:
        cases = cases.filter(_lit(filters.light))
    return cases


def _lit(kind: str) -> Q:
    """Cases whose light is of a kind, by the days between which the last day must lie."""
    soon_until = pack().calendar.add_workdays(today(), SOON).on
    standing = Pause.objects.filter(until_on=None)
    runs = ~Q(pk__in=standing.values("case"))
    late_already = standing.filter(from_on__gt=F("case__due_on"))
    lights = {
        "none": Q(due_on=None),
        "late": Q(due_on__lt=today()) & runs | Q(pk__in=late_already.values("case")),
        "soon": Q(due_on__gte=today(), due_on__lte=soon_until) & runs,
    }
    return lights.get(kind) or ~(lights["none"] | lights["late"] | lights["soon"])


def _found(words: str) -> Q:
    """By number, name, village, or by a whole ID or phone number through its keyed index."""
    found = Q(number__iexact=words.replace(" ", "")) | Q(number__endswith=words)
    found |= Q(applicant_name__startswith=words) | Q(village__name__startswith=words)
    if len(words) == 18:
        found |= Q(application__applicant_id_index=blind_index("id", words))
    if len(words) == 11:
        found |= Q(application__phone_index=blind_index("phone", words))
    return found


def counters(staff: Staff, on: dt.date) -> dict[str, int]:
    """The figures at the head of the workbench; one query."""
    open_case = Q(ended_at=None)
    return visible(staff).aggregate(
        to_accept=Count("pk", Q(stage=Stage.SUBMITTED.value), distinct=True),
        under_way=Count("pk", open_case, distinct=True),
        mine=Count("pk", open_case & Q(clerk_id=staff.pk), distinct=True),
        late=Count("pk", open_case & _lit("late"), distinct=True),
        soon=Count("pk", open_case & _lit("soon"), distinct=True),
        noticed=Count("pk", Q(stage=Stage.NOTICED.value), distinct=True),
        ending=Count(
            "pk", Q(publicnotices__until_on=on, publicnotices__taken_down_at=None), distinct=True
        ),
    )
