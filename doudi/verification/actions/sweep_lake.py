"""清扫数据湖: files that a killed load or comparison left without a row go after a day.

Clause: PIPL arts 19, 47 (no longer than needed)
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.clock.time import real_now
from doudi.verification.models import Delivery, Run

YOUNG = dt.timedelta(days=1)  # whatever is being written is younger


def sweep_lake() -> int:
    """How many files and folders went, told in the journal; nothing that a row names."""
    before = (real_now() - YOUNG).timestamp()
    found = [path for path in _nameless() if path.stat().st_mtime < before]
    if not found:
        return 0
    with transaction.atomic():
        write("lake.swept", actor=SYSTEM, subject="lake", detail={"files": len(found)})
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(found)


def _nameless() -> Iterator[Path]:
    """The files are listed first: a row that is written meanwhile names its own in time."""
    lake = Path(settings.DOUDI_LAKE)
    originals = list(lake.glob("original/*/*"))
    rows = list(lake.glob("item=*/delivery=*"))
    runs = list(lake.glob("run=*"))
    deliveries = Delivery.objects.exclude(state="removed")
    named = {str(pk): sha256 for pk, sha256 in deliveries.values_list("pk", "sha256")}
    kept = {str(pk) for pk in Run.objects.filter(removed_at=None).values_list("pk", flat=True)}
    yield from _without(originals, set(named.values()))
    yield from _without(rows, {f"delivery={pk}" for pk in named})
    yield from _without(runs, {f"run={pk}" for pk in kept})


def _without(paths: list[Path], names: set[str]) -> Iterator[Path]:
    return (path for path in paths if path.name not in names)
