"""发出核对: asks every source for its items, and files what comes back, item by item.

Clause: DB57 art 17
Move:   none      Right: called by a reaction      Says: nothing
"""

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings

from doudi.clock.demo_mark import is_demo
from doudi.verification.catalog.items import codes, item
from doudi.verification.models import Answer, Asked, Request
from doudi.verification.queries import MISSING, demo_rows, living_consents
from doudi.verification.register import delivered_rows, is_delivered
from doudi.verification.sources.base import Returned, Source, SourceDown
from doudi.verification.sources.csv_drop import CsvDrop
from doudi.verification.sources.demo import DemoSource
from doudi.verification.sources.lake import LakeSource

log = logging.getLogger("doudi.verification")
State = Answer.State


def source_of(code: str) -> Source:
    """A drop folder when there is one, else deliveries, else the demonstration or nothing yet."""
    drop = Path(settings.DOUDI_LAKE) / "drop"
    if not (drop / code).is_dir() and is_delivered(code):
        return LakeSource(delivered_rows)
    if (drop / code).is_dir() or not is_demo():
        return CsvDrop(drop, item(code).headings)
    return DemoSource(demo_rows)


def send_batch(request_id: UUID, at: dt.datetime) -> None:
    """Fills the answers; a source that fails fails alone. Withdrawn leave is not used."""
    ask_items(Request.objects.get(pk=request_id), codes(), at)


def ask_items(request: Request, wanted: Sequence[str], at: dt.datetime) -> None:
    """Asks for some items of the catalogue; an answer that had come is not overwritten."""
    living = living_consents(request.ref, at.date())
    asked = [a for a in request.persons.all() if a.member_key in living]
    numbers = {a.pk: a.id_number.open() for a in asked}
    owed = Answer.objects.filter(asked__in=asked, item__in=wanted, state__in=MISSING)
    answers = {(a.asked_id, a.item): a for a in owed}
    for code in wanted:
        _ask(code, asked, numbers, answers, at)
    # An upsert of the same rows: many times faster than an update by CASE.
    Answer.objects.bulk_create(
        list(answers.values()),
        update_conflicts=True,
        unique_fields=["asked", "item"],
        update_fields=["state", "as_of", "source", "record", "returned_at", "error"],
        batch_size=500,
    )


def _ask(
    code: str,
    asked: list[Asked],
    numbers: Mapping[UUID, str],
    answers: Mapping[tuple[UUID, str], Answer],
    at: dt.datetime,
) -> None:
    """One item for all persons of the request."""
    source = source_of(code)
    try:
        returned = source.ask(code, list(numbers.values()))
        error = ""
    except SourceDown as down:
        returned, error = {}, str(down)[:200]
    except Exception as broken:
        log.exception("source %s failed for %s", source.name, code)
        returned, error = {}, type(broken).__name__
    for person in asked:
        answer = answers.get((person.pk, code))
        if answer is None:
            continue
        answer.source = source.name
        _file(answer, returned.get(numbers[person.pk]), error, at)


def _file(answer: Answer, returned: Returned | None, error: str, at: dt.datetime) -> None:
    """Four states kept apart: a record, none, not returned, failed."""
    answer.error = ""
    if error:
        answer.state, answer.error = State.FAILED, error
    elif returned is None:
        answer.state = State.NOT_RETURNED
    else:
        answer.state = State.RECORD if returned.rows else State.NO_RECORD
        answer.as_of, answer.returned_at = returned.as_of, at
        answer.record = [dict(row) for row in returned.rows]
