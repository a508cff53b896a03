"""A batch in few words: what is in the file, checked, taken in and taken out by the worker."""

import io

from doudi.clock.time import now
from doudi.people.actions.take_in_batch import take_in_batch
from doudi.people.actions.undo_batch import undo_batch
from doudi.people.actions.upload_import import upload_import
from doudi.people.actions.work_imports import work_imports
from doudi.people.models import (
    GroupMembership,
    Household,
    ImportBatch,
    ImportFault,
    Membership,
    Person,
)
from tests.paper import nasty
from tests.people import sheets


def rows(*lines, headings=sheets.HEADINGS):
    """A workbook of these rows."""
    return io.BytesIO(nasty.xlsx(*lines, headings=headings))


def checked(file, by, table="households") -> ImportBatch:
    """The batch after its check."""
    batch = upload_import(table, file, by=by, at=now())
    while batch.state in ("waiting", "checking"):
        assert work_imports()
        batch.refresh_from_db()
    return batch


def faults(batch) -> list[tuple[int, str, str]]:
    """Row, column and code of everything that is wrong."""
    return [(f.row, f.column, f.code) for f in ImportFault.objects.filter(batch=batch)]


def family(n=0, **other):
    """Three rows of one household."""
    return [sheets.member(n + i, **other) for i in range(3)]


def counts() -> list[int]:
    """How many rows the registers have."""
    kinds = (Person, Household, Membership, GroupMembership)
    return [kind.objects.count() for kind in kinds]


def moved(batch) -> ImportBatch:
    """The batch after the worker's turns."""
    while work_imports():
        pass
    batch.refresh_from_db()
    return batch


def taken(batch, by) -> ImportBatch:
    """The batch, ordered in and brought in by the worker."""
    take_in_batch(batch.pk, by=by, at=now())
    return moved(batch)


def undone(batch, why, by) -> ImportBatch:
    """The batch, ordered out and brought out by the worker."""
    undo_batch(batch.pk, why, by=by, at=now())
    return moved(batch)
