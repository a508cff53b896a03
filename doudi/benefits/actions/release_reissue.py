"""放行补发: another person, of the finance bureau, stands behind the second try.

Clause: DB57 art 25; four eyes (promises.md B, P3)
Move:   DRAFT -> RELEASED (file)      Right: roll.release      Says: ReissueReleased
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.events import ReissueReleased
from doudi.benefits.figures import sha256
from doudi.benefits.file import content
from doudi.benefits.flow import file_moved
from doudi.benefits.models import BankFile
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.outbox.announce import announce
from doudi.vault.signing import sign


def release_reissue(file_id: UUID, *, by: Staff, at: dt.datetime) -> BankFile:
    """NotAllowed for who proposed it. What is paid again was owed all the time: no new debt."""
    with transaction.atomic():
        file = BankFile.objects.select_for_update().filter(pk=file_id, roll=None).first()
        if file is None:
            raise NotFound("没有这份补发文件")
        require(by, "roll.release", file.county)
        if file.prepared_by_id == str(by.pk):
            raise NotAllowed("roll.release", "提交人不能放行自己的补发，请由另一人办理")
        file.stage = file_moved("release_reissue", file.stage).value
        text, _orders = content(file)
        file.sha256, file.signature = sha256(text), sign(text)
        file.released_by_id, file.released_by, file.released_at = str(by.pk), by.name, at
        file.save()
        write(
            "benefits.reissue_released",
            actor=actor_of(by),
            subject=f"file:{file_id}",
            chain=file.county,
            detail={"fen": file.total_fen, "sha256": file.sha256[:24]},
        )
        announce(ReissueReleased(file_id))
    return file
