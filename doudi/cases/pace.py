"""How long decided cases took, stage by stage, with every process laid over the same acts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope
from doudi.cases.figures import days_by_stage
from doudi.cases.flow import Stage
from doudi.cases.models import Case, PublicNotice, Step
from doudi.cases.queries import pack
from doudi.clock.time import CHINA
from doudi.kernel.periods import Month
from doudi.policy.pack import Process

DECIDED = (Stage.CONFIRMED.value, Stage.REFUSED.value)
NOTICE_OVER = "notice_over"


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
    days = (month.first_day, month.next().first_day)
    begin, end = (dt.datetime.combine(day, dt.time.min, CHINA) for day in days)
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
