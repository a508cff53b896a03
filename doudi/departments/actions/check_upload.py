"""检查送来的文件: the engine takes it in whole or sends it back whole; rows to mend are written.

A generator that works in pieces. Begun anew after a kill it does what is left: what came of the
file stands in the same transaction as the delivery itself, so nothing is taken in twice.

Clause: SI649 art 58; DB57 art 17
Move:   waiting -> checking -> taken | held | refused      Right: called by the timetable
Says:   nothing
"""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.queries import actor_of
from doudi.attachments.bulk import blocks_of, discard_bulk, keep_bulk
from doudi.audit.actor import SYSTEM, Actor
from doudi.audit.journal import write
from doudi.clock.time import now, real_now
from doudi.departments.file import write_mend
from doudi.departments.flow import CHECKING, HELD, REFUSED, TAKEN
from doudi.departments.models import Upload
from doudi.kernel.periods import Month
from doudi.verification.actions.match_delivery import match_delivery
from doudi.verification.actions.take_delivery import Taken, next_sequence, taking_delivery
from doudi.verification.engine.loaded import FileRefused, Loaded
from doudi.verification.file import contract, work_folder


def check_upload(upload_id: UUID) -> Iterator[None]:
    """Checks one file to its end."""
    upload = Upload.objects.select_related("staff", "delivery").get(pk=upload_id)
    _set(upload, state=CHECKING, begun_at=real_now(), read=0)
    with work_folder() as folder:
        path = folder / "delivered"
        yield from _unsealed(upload, path)
        if upload.delivery is None:
            try:
                yield from _taken(upload, path)
            except FileRefused as refusal:
                _send_back(upload, refusal)
        yield from _to_mend(upload, path, folder)
    if upload.delivery is not None:
        match_delivery(upload.delivery, by=SYSTEM, at=now())
    _end(upload)


def _unsealed(upload: Upload, path: Path) -> Iterator[None]:
    with path.open("wb") as plain:
        for block in blocks_of(upload.stored_name):
            plain.write(block)
            yield


def _taken(upload: Upload, path: Path) -> Iterator[None]:
    by = actor_of(upload.staff) if upload.staff else Actor("partner", upload.agency, "")
    work: Generator[int, None, Taken] = taking_delivery(
        path,
        _manifest(upload),
        by=by,
        at=now(),
        vouched=not upload.signature,
        also=lambda taken: _came_of(upload, taken),
    )
    for read in work:
        _set(upload, read=read)
        yield


def _manifest(upload: Upload) -> dict[str, Any]:
    return {
        "item": upload.item,
        "agency": upload.agency,
        "period": upload.period,
        "sequence": upload.sequence or next_sequence(upload.item),
        "rows": upload.rows_told,
        "sha256": upload.sha256,
        "signature": upload.signature,
    }


def _came_of(upload: Upload, taken: Taken) -> None:
    """In the transaction of the delivery."""
    made, loaded = taken
    _set(upload, delivery=made, read=loaded.rows, accepted=loaded.accepted, **_found(loaded))


def _found(loaded: Loaded) -> dict[str, Any]:
    faults = [[int(f.row), f.heading, f.reason, f.masked] for f in loaded.faults]
    return {"reasons": dict(loaded.reasons), "faults": sorted(faults, key=lambda f: f[0])}


def _send_back(upload: Upload, refusal: FileRefused) -> None:
    told = {
        "code": refusal.code,
        "values": refusal.values,
        "rows": [int(row) for row in refusal.rows],
    }
    found = _found(refusal.loaded) if refusal.loaded is not None else {}
    _set(upload, refused=told, accepted=0, **found)


def _to_mend(upload: Upload, path: Path, folder: Path) -> Iterator[None]:
    """The rows that go back, sealed; a half-written one of an earlier try goes first."""
    about = contract(upload.item, Month.parse(upload.period).first_day)
    work = write_mend(path, about, upload.faults, folder)
    while True:
        try:
            next(work)
        except StopIteration as end:
            target = end.value
            break
        yield
    if target is not None:
        discard_bulk(upload.errors_name)
        with target.open("rb") as file:
            _set(upload, errors_name=keep_bulk(file).name)


def _end(upload: Upload) -> None:
    state = REFUSED if upload.delivery is None else TAKEN
    if upload.delivery is not None and upload.delivery.state == "held":
        state = HELD
    with transaction.atomic():
        name = upload.stored_name
        _set(upload, state=state, ended_at=now(), stored_name="")
        write(
            "departments.checked",
            actor=SYSTEM,
            subject=f"upload:{upload.pk}",
            detail={"item": upload.item, "state": state, "read": upload.read},
        )
        transaction.on_commit(lambda: discard_bulk(name))


def _set(upload: Upload, **values: object) -> None:
    for name, value in values.items():
        setattr(upload, name, value)
    upload.save(update_fields=list(values))
