"""How long decided cases took under every process; and what was written down too late."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import UUID

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope
from doudi.cases.figures import days_by_stage
from doudi.cases.flow import Stage
from doudi.cases.models import Appraisal, Case, Conference, HomeVisit, Panel, PublicNotice, Step
from doudi.cases.queries import LateEntry, is_late, pack
from doudi.clock.time import CHINA
from doudi.kernel.periods import Month
from doudi.policy.pack import Process

DECIDED = (Stage.CONFIRMED.value, Stage.REFUSED.value)
NOTICE_OVER = "notice_over"
DATED: dict[str, Any] = {
    "入户调查": HomeVisit,
    "民主评议": Appraisal,
    "会议研究": Panel,
    "一事一议": Conference,
}


@dataclass(frozen=True)
class Pace:
    """One decided case: working days by stage under each process, in the order of processes."""

    case: Case
    days: tuple[dict[str, int], ...]
    total: int


@dataclass(frozen=True)
class StagePace:
    """One stage of one process over all the cases; days are working days."""

    key: str
    zh: str
    en: str
    allowed: int
    middle: float
    most: int


@dataclass(frozen=True)
class ProcessPace:
    """One process over all the cases: its stages, its limit, and how many kept it."""

    process: Process
    stages: tuple[StagePace, ...]
    limit: int
    within: int


def paces(staff: Staff, month: Month) -> list[Pace]:
    """The cases decided in a month where `staff` supervises; three queries, by number."""
    begin, end = _span(month)
    rows = in_scope(Case.objects.all(), staff, "supervision.view", "village__code")
    decided = rows.filter(stage__in=DECIDED, ended_at__gte=begin, ended_at__lt=end)
    cases = list(decided.order_by("number"))
    acts = _acts({case.pk: _day(case.ended_at) for case in cases})
    law = pack()
    return [
        Pace(
            case,
            tuple(
                days_by_stage(process, acts[case.pk], law.calendar.workdays_between)
                for process in law.processes
            ),
            law.calendar.workdays_between(acts[case.pk][0][0], acts[case.pk][-1][0]),
        )
        for case in cases
    ]


def _span(month: Month) -> tuple[dt.datetime, dt.datetime]:
    """The instants at which a month begins and ends in China."""
    begin, end = month.first_day, month.next().first_day
    return dt.datetime.combine(begin, dt.time.min, CHINA), dt.datetime.combine(
        end, dt.time.min, CHINA
    )


def written_late(staff: Staff, month: Month) -> list[tuple[Case, LateEntry]]:
    """What was recorded in the month later than the day after it was; a query for each kind."""
    begin, end = _span(month)
    found = []
    for word, kind in DATED.items():
        rows = in_scope(kind.objects.all(), staff, "supervision.view", "case__village__code")
        kept = rows.filter(at__gte=begin, at__lt=end).select_related("case").order_by("at")
        found += [
            (row.case, LateEntry(word, row.on, _day(row.at), row.by_name))
            for row in kept
            if is_late(row.on, _day(row.at))
        ]
    return sorted(found, key=lambda late: late[1].on - late[1].recorded_on)


def _day(at: dt.datetime | None) -> dt.date:
    return at.astimezone(CHINA).date() if at else dt.date.max


def _acts(ended: dict[UUID, dt.date]) -> dict[UUID, list[tuple[dt.date, str]]]:
    """Every case's acts by day until its decision, the end of its notice among them."""
    acts: dict[UUID, list[tuple[dt.date, str]]] = defaultdict(list)
    steps = Step.objects.filter(case_id__in=ended).order_by("at", "order")
    for case_id, at, move in steps.values_list("case_id", "at", "move"):
        acts[case_id].append((_day(at), move))
    notices = PublicNotice.objects.filter(case_id__in=ended)
    for case_id, until in notices.values_list("case_id", "until_on"):
        acts[case_id].append((until, NOTICE_OVER))
    return {
        case_id: sorted((a for a in found if a[0] <= ended[case_id]), key=_in_order)
        for case_id, found in acts.items()
    }


def _in_order(act: tuple[dt.date, str]) -> tuple[dt.date, bool]:
    """By day; a notice is over before the decision of the same day."""
    return act[0], act[1] in ("confirm", "refuse")


def compared(found: Sequence[Pace]) -> list[ProcessPace]:
    """The processes side by side over the same cases."""
    law = pack()
    return [_compared(process, place, found) for place, process in enumerate(law.processes)]


def _compared(process: Process, place: int, found: Sequence[Pace]) -> ProcessPace:
    limit = pack().book.general("process.total_days", process.until or process.since)
    stages = []
    for stage in process.stages:
        days = [one.days[place][stage["key"]] for one in found] or [0]
        stages.append(
            StagePace(
                stage["key"], stage["zh"], stage["en"], stage["days"], median(days), max(days)
            )
        )
    return ProcessPace(process, tuple(stages), limit, sum(one.total <= limit for one in found))
