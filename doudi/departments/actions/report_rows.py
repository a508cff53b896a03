"""数据问题: rows that a check on the spot found wrong are put to the departments that sent them.

Clause: PIPL arts 8, 46 (what is wrong is put right)
Move:   -> TOLD      Right: called by a reaction      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.departments.models import Problem
from doudi.verification.catalog.items import item


@dataclass(frozen=True)
class Wrong:
    """One row, what it says, and what was found instead."""

    delivery: UUID
    item: str
    row_no: int
    signal: str
    value: str
    result: str


@dataclass(frozen=True)
class Found:
    """Who found it, where, by which proof, and what he tells the department."""

    source: str
    county: str
    by_id: str
    words: str
    heard_on: dt.date | None
    visited_on: dt.date | None
    due_on: dt.date


def report_rows(found: Found, rows: Sequence[Wrong], *, at: dt.datetime) -> int:
    """How many rows were put; a second call puts none again."""
    with transaction.atomic():
        put = Problem.objects.filter(source=found.source)
        done = set(put.values_list("signal", "delivery", "row_no"))
        new = [row for row in rows if (row.signal, row.delivery, row.row_no) not in done]
        Problem.objects.bulk_create([_problem(found, row, at) for row in new])
        if new:
            write(
                "departments.rows_reported",
                actor=SYSTEM,
                subject=found.source,
                chain=found.county,
                detail={"items": sorted({row.item for row in new}), "rows": len(new)},
            )
    return len(new)


def _problem(found: Found, row: Wrong, at: dt.datetime) -> Problem:
    key = uuid4()
    return Problem(
        id=key,
        number=f"WT{at.astimezone(CHINA):%y%m%d}{key.hex[:8].upper()}",
        source=found.source,
        agency=item(row.item).agency,
        item=row.item,
        delivery_id=row.delivery,
        row_no=row.row_no,
        signal=row.signal,
        value=row.value,
        result=row.result,
        words=found.words,
        heard_on=found.heard_on,
        visited_on=found.visited_on,
        county=found.county,
        told_by_id=found.by_id,
        told_at=at,
        due_on=found.due_on,
    )
