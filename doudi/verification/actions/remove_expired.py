"""到期清除: deliveries and runs whose keeping time is over leave the lake; the journal stays.

What a comparison read that can still be asked for lies on for it alone, and goes with it.

Clause: PIPL arts 19, 47 (no longer than needed); contracts.yaml keep_months, comparison.yaml
Move:   accepted, held, dropped -> over -> removed      Right: called by the timetable
Says:   nothing
"""

import datetime as dt
import shutil
from collections.abc import Collection

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.kernel.periods import months_before
from doudi.verification.file import asked_now, contract, original_path, rows_path, run_folder
from doudi.verification.models import Delivery, Match, Run

OVER = "已过保存期"


def remove_expired(at: dt.datetime) -> int:
    """How many deliveries and runs were removed; what still counts is never removed."""
    months = asked_now()["limits"]["keep_run_months"]
    runs = [r for r in Run.objects.filter(removed_at=None) if _over(r.month, months, at)]
    for run in runs:
        _remove_run(run, at)
    read = _read_by_kept_runs()
    old = [row for row in _superseded() if _over(row.period, _keep(row), at)]
    for row in old:
        _leave(row, read)
    return len(runs) + sum(str(row.pk) not in read for row in old)


def _keep(row: Delivery) -> int:
    return contract(row.item).keep_months


def _over(period: str, months: int, at: dt.datetime) -> bool:
    return period < f"{months_before(at.date(), months):%Y-%m}"


def _superseded() -> list[Delivery]:
    """All but the newest accepted delivery of each item that is delivered whole."""
    newest: dict[str, Delivery] = {}
    rows = list(Delivery.objects.exclude(state="removed").order_by("item", "sequence"))
    for row in rows:
        if row.state == "accepted" and contract(row.item).mode == "full":
            newest[row.item] = row
    current = {row.pk for row in newest.values()}
    return [row for row in rows if row.pk not in current]


def _read_by_kept_runs() -> set[str]:
    """Deliveries without which a comparison that is kept could not be made again."""
    kept = Run.objects.filter(removed_at=None).values_list("deliveries", flat=True)
    return {pk for named in kept.iterator() for pk in named}


def _leave(row: Delivery, read: Collection[str]) -> None:
    """The row first: a file that is left over is seen by nobody, a missing one would break runs."""
    state = "over" if str(row.pk) in read else "removed"
    if state == row.state:
        return
    with transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(state=state)
        waiting = Match.objects.filter(delivery=row, state="proposed")
        waiting.update(state="refused", decided_by="系统", reason=OVER)
        told = {"item": row.item, "period": row.period, "sha256": row.sha256}
        write(f"delivery.{state}", actor=SYSTEM, subject=f"delivery:{row.pk}", detail=told)
    if state == "removed":
        shutil.rmtree(rows_path(row.item, row.pk).parent, ignore_errors=True)
        if not Delivery.objects.filter(sha256=row.sha256).exclude(state="removed").exists():
            original_path(row.sha256).unlink(missing_ok=True)


def _remove_run(run: Run, at: dt.datetime) -> None:
    with transaction.atomic():
        Run.objects.filter(pk=run.pk).update(removed_at=at)
        write("run.removed", actor=SYSTEM, subject=f"run:{run.pk}", detail={"month": run.month})
    shutil.rmtree(run_folder(run.pk), ignore_errors=True)
