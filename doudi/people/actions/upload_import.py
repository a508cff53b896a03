"""上传待导入的表格: kept sealed, checked in the background; nothing is taken in yet.

Clause: PIPL 51 (sealed, expiring); GB/T 22239 8.1.4.4
Move:   none -> waiting      Right: people.import      Says: nothing
"""

import datetime as dt
import tempfile
from typing import IO

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, scope
from doudi.attachments.bulk import discard_bulk, folder, keep_bulk
from doudi.audit.journal import write
from doudi.kernel.errors import Invalid, NotAllowed
from doudi.paper.workbook.columns import WorkbookRefused
from doudi.paper.workbook.guard import Limits, kind_of
from doudi.people.flow import IMPORTS
from doudi.people.models import ImportBatch

KEPT = dt.timedelta(days=7)
BLOCK = 1 << 20


def upload_import(table: str, file: IO[bytes], *, by: Staff, at: dt.datetime) -> ImportBatch:
    """The batch that now waits for its check; Invalid when the file is no table at all."""
    places = scope(by, "people.import")
    if not places or table not in IMPORTS:
        raise NotAllowed("people.import")
    limits = Limits()
    with tempfile.TemporaryFile(dir=folder("work")) as copy:
        while block := file.read(BLOCK):
            copy.write(block)
            if copy.tell() > limits.size:
                break
        try:
            kind_of(copy, limits)
        except WorkbookRefused as refusal:
            raise Invalid({"file": refusal.sentence}) from None
        copy.seek(0)
        kept = keep_bulk(copy)
    try:
        with transaction.atomic():
            batch = ImportBatch(
                table=table,
                places=places,
                staff_id=by.pk,
                uploaded_at=at,
                stored_name=kept.name,
                sha256=kept.sha256,
                expires_at=at + KEPT,
            )
            batch.number = f"DR{at:%Y%m%d}-{batch.pk.hex[:6].upper()}"
            batch.save()
            write(
                "people.import_uploaded",
                actor=actor_of(by),
                subject=f"import:{batch.pk}",
                chain=places[0][:6],
                detail={"table": table, "size": kept.size},
            )
    except BaseException:
        discard_bulk(kept.name)
        raise
    return batch
