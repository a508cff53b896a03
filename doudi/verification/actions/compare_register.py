"""全库比对: the whole register against all accepted deliveries; findings are questions for people.

Clause: SI649 art 13 (changes are checked), PIPL art 24 (nothing is decided by a machine alone)
Move:   none      Right: called by the timetable and `doudi compare`      Says: nothing
"""

import datetime as dt
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from django.conf import settings
from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.people.queries import register
from doudi.verification.catalog.items import codes
from doudi.verification.engine.compare import Comparison, Found, answer_hash
from doudi.verification.engine.signals import NO_SOURCE
from doudi.verification.file import contract, rows_path, visible, work_folder
from doudi.verification.models import Discrepancy, Run

WHO = pa.schema(
    [
        ("person_key", pa.int64()),
        ("household", pa.string()),
        ("town", pa.string()),
        ("born", pa.date32()),
        ("paid", pa.bool_()),
        ("paid_since", pa.date32()),
    ]
)
PAID = pa.schema([("person_key", pa.int64()), ("county", pa.string()), ("programme", pa.string())])


def compare_register(month: str, *, by: Actor, at: dt.datetime) -> Run:
    """The run of a month with its discrepancies, all or none; nothing stops by it."""
    on = dt.date.fromisoformat(f"{month}-01")
    with work_folder() as folder:
        people, homes = _open_register(folder)
        parts, used = _parts(None)
        found = _compare(parts, folder, on)
    run = Run(
        month=month,
        started_at=at,
        deliveries=used,
        missing=[c for c in codes() if c not in parts] + list(NO_SOURCE),
        persons=people,
        households=homes,
        answer_sha256=answer_hash(found),
    )
    with transaction.atomic():
        run.save(force_insert=True)
        Discrepancy.objects.bulk_create((_row(run, f) for f in found), batch_size=500)
        write(
            "register.compared",
            actor=by,
            subject=f"run:{run.pk}",
            detail={"month": month, "found": len(found), "held": sum(f.held for f in found)},
        )
    return run


def _row(run: Run, found: Found) -> Discrepancy:
    return Discrepancy(
        run=run,
        household_id=uuid.UUID(found.household),
        town=found.town,
        signals=found.signals,
        sources=[asdict(source) for source in found.sources],
        state="held" if found.held else "open",
    )


def _parts(only: list[str] | None) -> tuple[dict[str, list[tuple[str, Path]]], list[str]]:
    deliveries = visible(only)
    parts = {
        code: [(str(row.pk), rows_path(code, row.pk)) for row in rows]
        for code, rows in deliveries.items()
    }
    return parts, [str(row.pk) for rows in deliveries.values() for row in rows]


def _compare(parts: Any, folder: Path, on: dt.date) -> list[Found]:
    """Runs the engine over the opened register of `folder`."""
    pack = Path(settings.DOUDI_PACK_DIR)
    limits = yaml.safe_load((pack / "signals" / "comparison.yaml").read_text(encoding="utf-8"))
    agreed = {code: contract(code) for code in codes()}
    comparison = Comparison(parts, agreed, folder / "who.parquet", folder / "paid.parquet")
    try:
        return comparison.run(on, limits)
    finally:
        comparison.close()


def _open_register(folder: Path) -> tuple[int, int]:
    """Writes the register's keys for the engine; the folder is deleted after the run (P14)."""
    who: dict[str, list[Any]] = {name: [] for name in WHO.names}
    paid: dict[str, list[Any]] = {name: [] for name in PAID.names}
    for person in register():
        key = int(person.id_number[:17])
        since = min((month for *_other, month in person.benefits), default="")
        values: tuple[Any, ...] = (
            key,
            person.household,
            person.region[:9],
            person.born,
            bool(since),
            dt.date.fromisoformat(f"{since}-01") if since else None,
        )
        for name, value in zip(WHO.names, values, strict=True):
            who[name].append(value)
        for county, programme, _since in person.benefits:
            for name, value in zip(PAID.names, (key, county, programme), strict=True):
                paid[name].append(value)
    pq.write_table(pa.table(who, schema=WHO), folder / "who.parquet")
    pq.write_table(pa.table(paid, schema=PAID), folder / "paid.parquet")
    return len(who["household"]), len(set(who["household"]))
