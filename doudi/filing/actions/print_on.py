"""打印: the next sheets of the oldest job that waits, set outside of any transaction.

A job that was taken ATTEMPTS times without a step on, because it broke or its worker died, is given
up: its page says so, and its officer tries again or asks for less.

Clause: —
Move:   WAITING -> WAITING, READY, BROKEN      Right: nobody's, it runs by the clock
Says:   nothing
"""

import datetime as dt
import hashlib
import io
import logging
import uuid
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from pypdf import PdfReader, PdfWriter

from doudi.attachments.storage import fetch, keep, remove
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.cases.letters.data import MAKERS
from doudi.cases.letters.genuine import issued_on, with_mark
from doudi.cases.queries import case_by_id
from doudi.filing.actions.bind import bind
from doudi.filing.flow import A_STEP, ARCHIVE, ATTEMPTS, Stage
from doudi.filing.letters.sheets import code_of, sheet_data
from doudi.filing.models import Batch
from doudi.kernel.errors import NotFound
from doudi.paper.typst import render

log = logging.getLogger("doudi.prints")
GIVEN_UP = dt.timedelta(minutes=2)  # a worker that does not come back: another takes the job


@dataclass(frozen=True)
class Set:
    """One sheet as it was set; no content where the case has nothing for it, or it broke."""

    case_id: UUID
    form: str
    content: bytes = b""
    pages: int = 0
    on: str = ""


def print_on(*, at: dt.datetime) -> int:
    """Sets up to A_STEP sheets and notes them; returns how many sheets were tried."""
    _give_up(at)
    batch = _take(at)
    if batch is None:
        return 0
    todo = batch.sheets[batch.done : batch.done + A_STEP]
    made = [_set(batch, UUID(case_id), form) for case_id, form in todo]
    part = _joined([one.content for one in made if one.content])
    with transaction.atomic():
        _note(batch, made, part)
        batch.tries = 0 if todo else batch.tries
        batch.save()
    if batch.done >= batch.total:
        _end(batch, _whole(batch, at), at)
    batch.taken_at = None
    batch.save()
    return len(todo)


def _give_up(at: dt.datetime) -> None:
    worn = Batch.objects.filter(stage=Stage.WAITING, tries__gte=ATTEMPTS)
    for batch in worn.filter(Q(taken_at=None) | Q(taken_at__lt=at - GIVEN_UP)):
        log.error("print job %s was given up after %s tries", batch.pk, batch.tries)
        batch.stage, batch.ended_at = Stage.BROKEN, at
        batch.save(update_fields=["stage", "ended_at"])


def _take(at: dt.datetime) -> Batch | None:
    """The oldest job that nobody is at; one worker gets it."""
    free = Q(taken_at=None) | Q(taken_at__lt=at - GIVEN_UP)
    waiting = Batch.objects.filter(free, stage=Stage.WAITING).order_by("asked_at")
    for batch in waiting[:5]:
        mine = Batch.objects.filter(free, pk=batch.pk, done=batch.done, stage=Stage.WAITING)
        if mine.update(taken_at=at, tries=F("tries") + 1):
            batch.taken_at, batch.tries = at, batch.tries + 1
            return batch
    return None


def _set(batch: Batch, case_id: UUID, form: str) -> Set:
    """A sheet that breaks is left out by name: the others of the job do not wait for it."""
    try:
        data = sheet_data(case_id, form, language=batch.language, full=batch.whole)
        marked = with_mark(data, case_id, form) if form in MAKERS else data
        content = render(code_of(form), marked, pack=settings.DOUDI_PACK_DIR)
        pages = len(PdfReader(io.BytesIO(content)).pages)
    except NotFound:
        return Set(case_id, form)
    except Exception:
        log.exception("a sheet could not be set")
        return Set(case_id, form)
    return Set(case_id, form, content, pages, issued_on(data))


def _joined(contents: list[bytes]) -> bytes:
    if not contents:
        return b""
    writer, out = PdfWriter(), io.BytesIO()
    for content in contents:
        writer.append(io.BytesIO(content))
    writer.write(out)
    return out.getvalue()


def _note(batch: Batch, made: list[Set], part: bytes) -> None:
    """The part is kept, every sheet journalled with its case, the count moved on."""
    if part:
        name = uuid.uuid4().hex
        keep(name, part, str(batch.pk))
        batch.parts = [*batch.parts, name]
    for one in made:
        if one.content:
            _journal(batch, one)
            batch.made = [*batch.made, [str(one.case_id), one.form, one.pages, one.on]]
        else:
            batch.left_out = [*batch.left_out, [str(one.case_id), one.form]]
    batch.done += len(made)


def _journal(batch: Batch, one: Set) -> None:
    case = case_by_id(one.case_id)
    write(
        "case.printed_in_full" if batch.whole else "case.printed",
        actor=Actor("staff", batch.staff_id, batch.staff_name),
        subject=f"case:{case.pk}",
        chain=case.county,
        purpose=batch.purpose,
        detail={"form": code_of(one.form), "batch": str(batch.pk)},
    )


def _whole(batch: Batch, at: dt.datetime) -> bytes:
    """All parts in one: a PDF, or the archive's package."""
    whole = _joined([fetch(name, str(batch.pk)) for name in batch.parts])
    return bind(batch, whole, at=at) if batch.kind == ARCHIVE and whole else whole


def _end(batch: Batch, whole: bytes, at: dt.datetime) -> None:
    parts, batch.parts = batch.parts, []
    batch.ended_at, batch.stage = at, Stage.GONE  # when all of it stands in left_out
    batch.pages = sum(pages for _case, _form, pages, _on in batch.made)
    if whole:
        batch.stored_name, batch.stage = uuid.uuid4().hex, Stage.READY
        keep(batch.stored_name, whole, str(batch.pk))
        batch.size, batch.sha256 = len(whole), hashlib.sha256(whole).hexdigest()
    for name in parts:
        remove(name)
