"""What runs by the clock: each due time once, missed days made up, lateness visible."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string  # noqa: TID251  the table stands above

from doudi.clock.time import CHINA
from doudi.clock.time import now as clock_now
from doudi.outbox.models import ScheduleRun
from doudi.vault.scrub import scrub

log = logging.getLogger("doudi.timetable")
MOST_DAYS = 400


@dataclass(frozen=True)
class Schedule:
    """A thing to run, either `every` so often or `daily` at a time in China.

    A run takes less than `max_late`: one that does not come back is taken up again, so `run` may
    meet its own half-done work.
    """

    name: str
    run: Callable[[dt.datetime], None]
    every: dt.timedelta | None = None
    daily: dt.time | None = None
    once: bool = False  # looks at what is: after missed days one run finds what each would have
    max_late: dt.timedelta = dt.timedelta(minutes=15)


def timetable() -> list[Schedule]:
    """The table of schedules, found by its name in the settings."""
    table: list[Schedule] = import_string(settings.DOUDI_TIMETABLE)
    return table


def due_times(schedule: Schedule, last: dt.datetime | None, now: dt.datetime) -> list[dt.datetime]:
    """What is due at `now` after the `last` due time: one tick, or each missed day in order."""
    if schedule.every:
        step = schedule.every.total_seconds()
        slot = dt.datetime.fromtimestamp(now.timestamp() // step * step, CHINA)
        return [slot] if last is None or slot > last else []
    assert schedule.daily  # noqa: S101  one of the two is set
    day = now.astimezone(CHINA).date()
    first = last.astimezone(CHINA).date() + dt.timedelta(days=1) if last else day
    days = [first + dt.timedelta(days=n) for n in range(min((day - first).days + 1, MOST_DAYS))]
    times = [dt.datetime.combine(d, schedule.daily, CHINA) for d in days]
    due = [t for t in times if t <= now]
    return due[-1:] if schedule.once else due


def tick(now: dt.datetime) -> list[str]:
    """Runs everything due at `now`; returns the names that ran."""
    ran = []
    for schedule in timetable():
        ran += [schedule.name for _ in range(_take_up(schedule, now))]
        last = (
            ScheduleRun.objects.filter(name=schedule.name)
            .order_by("-due_at")
            .values_list("due_at", flat=True)
            .first()
        )
        for due in due_times(schedule, last, now):
            if _run(schedule, due, now):
                ran.append(schedule.name)
    return ran


def _dead(schedule: Schedule, now: dt.datetime) -> QuerySet[ScheduleRun]:
    """Runs that did not come back in time: their worker died."""
    before = now - schedule.max_late
    return ScheduleRun.objects.filter(
        name=schedule.name, finished_at=None, started_at__lt=before
    ).order_by("due_at")


def _take_up(schedule: Schedule, now: dt.datetime) -> int:
    """Runs a daily schedule's dead runs again; an `every` schedule has its next tick anyway."""
    count = 0
    for run in _dead(schedule, now) if schedule.daily else []:
        mine = ScheduleRun.objects.filter(pk=run.pk, started_at=run.started_at)
        if mine.update(started_at=now):
            log.error("schedule %s did not come back: once more", schedule.name)
            _work(schedule, run, now)
            count += 1
    return count


def _run(schedule: Schedule, due: dt.datetime, now: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            run = ScheduleRun.objects.create(name=schedule.name, due_at=due, started_at=now)
    except IntegrityError:
        return False  # another worker has it
    _work(schedule, run, now)
    if schedule.every:
        # A tick leaves one row, not one for each second of the year.
        ScheduleRun.objects.filter(name=schedule.name, due_at__lt=due).delete()
    return True


def _work(schedule: Schedule, run: ScheduleRun, now: dt.datetime) -> None:
    error = ""
    try:
        schedule.run(max(run.due_at, now) if schedule.every else run.due_at.astimezone(CHINA))
    except Exception as problem:
        log.exception("schedule %s failed", schedule.name)
        error = scrub(f"{type(problem).__name__}: {problem}")[:300]
    ScheduleRun.objects.filter(pk=run.pk).update(finished_at=clock_now(), error=error)


def late(now: dt.datetime) -> list[str]:
    """Schedules whose last run is longer ago than allowed, ended in an error, or never ended."""
    names = []
    for schedule in timetable():
        last = ScheduleRun.objects.filter(name=schedule.name).order_by("-due_at").first()
        rhythm = schedule.every or dt.timedelta(days=1)
        behind = last is None or last.error or last.due_at < now - rhythm - schedule.max_late
        if behind or _dead(schedule, now).exists():
            names.append(schedule.name)
    return names
