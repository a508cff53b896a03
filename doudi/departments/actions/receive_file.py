"""收文件: a file comes in whole, sealed, with a receipt; its check follows in the background.

The bytes go through a nameless file: a broken connection or a killed process leaves nothing.

Clause: PIPL art 51 (sealed, expiring); DSL art 27
Move:   none -> waiting      Right: delivery.send, or the signature of a machine's manifest
Says:   nothing
"""

import datetime as dt
import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, scope
from doudi.attachments.bulk import discard_bulk, folder, keep_bulk
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.departments.flow import PAGE, WAITING
from doudi.departments.models import Upload
from doudi.departments.queries import (
    agency_of,
    own_item,
    sent_already,
    signed_already,
    waiting_numbers,
)
from doudi.kernel.errors import Invalid, NotAllowed
from doudi.kernel.periods import Month
from doudi.verification.actions.take_delivery import check_manifest, next_sequence
from doudi.verification.dues import came_before
from doudi.verification.engine.loaded import FileRefused

KEPT = dt.timedelta(days=7)
BLOCK = 1 << 20
MOST = 2_000_000_000


@dataclass(frozen=True)
class Told:
    """What a clerk declares beside the file: which month it tells of, and how many rows."""

    period: str
    rows: int


def send_file(code: str, file: IO[bytes], told: Told, *, by: Staff, at: dt.datetime) -> Upload:
    """From the page. The same bytes that are being checked or were taken give the same receipt."""
    if not scope(by, "delivery.send"):
        raise NotAllowed("delivery.send")
    item = own_item(agency_of(by), code)
    with _copy(file) as copy:
        kept = sent_already(code, _digest(copy))
        if kept is not None:
            return kept
        row = Upload(agency=item.agency, item=code, period=told.period, rows_told=told.rows)
        row.road, row.staff = PAGE, by
        return _keep(row, copy, actor_of(by), at)


def known_receipt(manifest: Mapping[str, Any], at: dt.datetime) -> Upload | None:
    """The receipt of a signed manifest that came before; FileRefused when it does not hold.

    Says before a byte of the file is read whether the department, its signature and its number
    are right.
    """
    check_manifest(manifest)
    code, sequence = manifest["item"], manifest["sequence"]
    found = signed_already(manifest["signature"])
    if found is not None and not found.may_come_again:
        return found
    if Month.parse(manifest["period"]) > Month.of(at.astimezone(CHINA).date()):
        raise FileRefused("period_ahead")
    if came_before(code, sequence, manifest["sha256"]):
        raise FileRefused("replay")
    wanted = max([next_sequence(code) - 1, *waiting_numbers(code)]) + 1
    if sequence < wanted:
        raise FileRefused("replay")
    if sequence > wanted:
        raise FileRefused("gap", wanted=wanted)
    return None


def receive_signed(
    manifest: Mapping[str, Any], file: IO[bytes], *, road: str, at: dt.datetime
) -> Upload:
    """From a machine or the folder, under the department's key: idempotent by its manifest."""
    found = known_receipt(manifest, at)
    if found is not None:
        return found
    with _copy(file) as copy:
        if _digest(copy) != manifest["sha256"]:
            raise FileRefused("sha256")
        row = _row(manifest)
        row.signature, row.road = manifest["signature"], road
        return _keep(row, copy, Actor("partner", manifest["agency"], ""), at)


def _row(manifest: Mapping[str, Any]) -> Upload:
    """A new receipt, or the old one of a manifest that may come again."""
    told = {"item": manifest["item"], "sequence": manifest["sequence"]}
    found = signed_already(manifest["signature"])
    row = found or Upload(agency=manifest["agency"], **told)
    row.period, row.rows_told = manifest["period"], manifest["rows"]
    row.state, row.refused, row.read = WAITING, {}, 0
    return row


def _copy(file: IO[bytes]) -> IO[bytes]:
    """A nameless copy of at most MOST bytes; Invalid for an empty or a larger file."""
    copy = tempfile.TemporaryFile(dir=folder("work"))  # noqa: SIM115  the caller closes it
    try:
        while block := file.read(BLOCK):
            copy.write(block)
            if copy.tell() > MOST:
                raise Invalid({"file": "文件超过2GB，请分期送"})
        if not copy.tell():
            raise Invalid({"file": "文件是空的，请重新导出"})
    except BaseException:
        copy.close()
        raise
    return copy


def _digest(copy: IO[bytes]) -> str:
    copy.seek(0)
    digest = hashlib.file_digest(copy, "sha256").hexdigest()  # type: ignore[arg-type]
    copy.seek(0)
    return digest


def _keep(row: Upload, copy: IO[bytes], by: Actor, at: dt.datetime) -> Upload:
    kept = keep_bulk(copy)
    row.number = row.number or f"JF{at:%Y%m%d}-{row.id.hex[:8].upper()}"
    row.stored_name, row.size, row.sha256 = kept.name, kept.size, kept.sha256
    row.received_at, row.expires_at = at, at + KEPT
    try:
        with transaction.atomic():
            row.save()
            write(
                "departments.received",
                actor=by,
                subject=f"upload:{row.pk}",
                detail={"item": row.item, "size": kept.size, "road": row.road},
            )
    except BaseException:
        discard_bulk(kept.name)
        raise
    return row
