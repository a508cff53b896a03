"""检查待导入的表格: every row judged, the good ones staged, the file with the reasons written.

A generator that works in pieces; each piece is a short transaction of its own. Begun anew it
clears away what a dead worker left. Nothing reaches the registers.

Clause: PIPL 8 (correct before it is stored)
Move:   waiting -> checking -> checked | refused      Right: called by the timetable
Says:   nothing
"""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.db import transaction

from doudi.attachments.bulk import discard_bulk, folder, keep_bulk, open_bulk
from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import now, real_now, today
from doudi.paper.workbook.cells import Context
from doudi.paper.workbook.columns import Row, WorkbookRefused
from doudi.paper.workbook.reading import Reading, open_workbook
from doudi.paper.workbook.returned import Returned
from doudi.people.actions.stage_rows import Staging
from doudi.people.figures.judge import homes
from doudi.people.figures.tables import TABLES
from doudi.people.flow import CHECKED, CHECKING, HOUSEHOLDS, REFUSED
from doudi.people.models import (
    ImportBatch,
    ImportFault,
    StagedHousehold,
    StagedMembership,
    StagedPerson,
)
from doudi.people.queries import faults_between, places_within

PIECE = 400  # rows, about


COUNTED = ("share", "notes", "read", "good", "bad", "known", "households", "persons")


class GivenUp(Exception):
    """Somebody gave the batch up while it was checked: nothing of it may be written any more."""


def check_import(batch_id: UUID) -> Iterator[None]:
    """Checks one batch to its end."""
    batch = ImportBatch.objects.get(pk=batch_id)
    clear(batch)
    _set(batch, state=CHECKING, begun_at=real_now(), share=0)
    try:
        with open_bulk(batch.stored_name) as file:
            context = Context(on=today(), demo=is_demo())
            with open_workbook(file, TABLES[batch.table], context) as reading:
                yield from _rows(batch, reading)
                yield from _returned(batch, reading)
    except WorkbookRefused as refusal:
        clear(batch)
        _set(batch, refused={"code": refusal.code, "values": refusal.reason.values})
        _end(batch, REFUSED)
    else:
        _end(batch, CHECKED)


def clear_staged(batch: ImportBatch) -> None:
    """Empties the waiting room of a batch; nothing hangs on what waits."""
    for kind in (StagedMembership, StagedPerson, StagedHousehold):
        rows = kind._default_manager.filter(batch=batch)
        rows._raw_delete(rows.db)  # type: ignore[attr-defined]


def clear(batch: ImportBatch) -> None:
    """Takes away what was staged, the faults, and the file with the reasons."""
    clear_staged(batch)
    faults = ImportFault.objects.filter(batch=batch)
    faults._raw_delete(faults.db)  # type: ignore[attr-defined]
    transaction.on_commit(partial(discard_bulk, batch.errors_name))
    _set(batch, errors_name="", read=0, good=0, bad=0, known=0, households=0, persons=0)


def _rows(batch: ImportBatch, reading: Reading) -> Iterator[None]:
    staging = Staging(batch, places_within(batch.places))
    whole = batch.table == HOUSEHOLDS
    for piece in _pieces(reading, whole):
        with transaction.atomic():
            _still_wanted(batch)
            (staging.homes if whole else staging.members)(piece)
            batch.share = int(reading.share * 10_000)
            batch.notes = [{"template": n.template, "values": n.values} for n in reading.notes]
            batch.save(update_fields=COUNTED)
        yield


def _still_wanted(batch: ImportBatch) -> None:
    """Holds the batch for this piece; GivenUp when it is not being checked any more."""
    rows = ImportBatch.objects.select_for_update().filter(pk=batch.pk, state=CHECKING)
    if not rows.exists():
        raise GivenUp


def _pieces(reading: Reading, whole: bool) -> Iterator[list[list[Row]]]:
    """Households (or single rows) by about so many rows."""
    groups = homes(reading.rows()) if whole else ([row] for row in reading.rows())
    piece: list[list[Row]] = []
    for group in groups:
        piece.append(group)
        if sum(map(len, piece)) >= PIECE:
            yield piece
            piece = []
    if piece:
        yield piece


def _returned(batch: ImportBatch, reading: Reading) -> Iterator[None]:
    if not batch.bad:
        return
    file = Returned(reading, partial(faults_between, batch), folder("work"))
    yield from file.write()
    with file.close() as done:
        _set(batch, errors_name=keep_bulk(done).name)


def _end(batch: ImportBatch, state: str) -> None:
    with transaction.atomic():
        _still_wanted(batch)
        _set(batch, state=state, share=10_000)
        write(
            "people.import_checked",
            actor=SYSTEM,
            subject=f"import:{batch.pk}",
            chain=batch.places[0][:6],
            detail={"read": batch.read, "bad": batch.bad, "at": now().isoformat()},
        )


def _set(batch: ImportBatch, **values: object) -> None:
    for name, value in values.items():
        setattr(batch, name, value)
    batch.save(update_fields=list(values))
