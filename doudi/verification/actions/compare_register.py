"""全库比对: the whole register against all accepted deliveries; findings are questions for people.

Clause: SI649 art 13 (changes are checked), PIPL art 24 (nothing is decided by a machine alone)
Move:   none      Right: called by the timetable and `doudi compare`      Says: RegisterCompared
"""

import datetime as dt
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.outbox.announce import announce
from doudi.verification.catalog.items import codes
from doudi.verification.events import RegisterCompared
from doudi.verification.file import asked_now, run_folder, visible, work_folder
from doudi.verification.models import Discrepancy, Run
from doudi.verification.register import compare, open_register, parts_of, put_run_away


def compare_register(month: str, *, by: Actor, at: dt.datetime, engine_name: str = "duckdb") -> Run:
    """The run of a month with its discrepancies, all or none; nothing stops by it."""
    used = visible()
    run = Run(
        id=uuid.uuid4(),
        month=month,
        engine=engine_name,
        asked=asked_now(),
        started_at=at,
        deliveries=[str(row.pk) for rows in used.values() for row in rows],
        missing=[c for c in codes() if c not in used] + _without_source(),
    )
    with work_folder() as folder:
        run.persons, run.households = open_register(folder, used)
        answer = compare(run, parts_of(used), folder)
        run.answer_sha256, run.facts = answer.sha256, answer.facts
        put_run_away(folder, run_folder(run.pk))
    _save(run, answer.found, by)
    return run


def _without_source() -> list[str]:
    """Signals for which no item is delivered."""
    signals = asked_now()["definitions"]["signals"]
    return [name for name, about in signals.items() if about.get("no_source")]


def _save(run: Run, found: list[Any], by: Actor) -> None:
    with transaction.atomic():
        run.save(force_insert=True)
        Discrepancy.objects.bulk_create((_row(run, f) for f in found), batch_size=500)
        write(
            "register.compared",
            actor=by,
            subject=f"run:{run.pk}",
            detail={
                "month": run.month,
                "engine": run.engine,
                "found": len(found),
                "held": sum(f.held for f in found),
            },
        )
        announce(RegisterCompared(run.pk))


def _row(run: Run, found: Any) -> Discrepancy:
    return Discrepancy(
        run=run,
        household_id=uuid.UUID(found.household),
        town=found.town,
        signals=found.signals,
        sources=[asdict(source) for source in found.sources],
        state="held" if found.held else "open",
    )


def remake(run: Run, out: Path | None = None) -> str:
    """The hash of an earlier run's answer, made again from what it read; FileNotFoundError later.

    Corrections, new deliveries and changes of the register since then change nothing in it.
    `out` receives the facts again.
    """
    used = visible(of_run=run.deliveries)
    with work_folder() as folder:
        for name in ("who.parquet", "paid.parquet", "matched.parquet"):
            (folder / name).symlink_to(run_folder(run.pk) / name)
        answer = compare(run, parts_of(used), folder)
        if out is not None:
            (folder / "facts.parquet").replace(out)
    return str(answer.sha256)
