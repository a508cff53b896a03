"""下载导出的台账: the own one, while its days last; each time is journalled.

Clause: GB/T 22239 8.1.4.3
Move:   none      Right: ledger.export      Says: nothing
"""

from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, scope
from doudi.audit.journal import write
from doudi.exports.flow import READY
from doudi.exports.models import Export
from doudi.exports.queries import export_of, is_over
from doudi.kernel.errors import NotAllowed, NotFound


def fetch_export(export_id: UUID, *, by: Staff) -> Export:
    """The export whose file may now be sent; NotFound before it is ready and after its days."""
    export = export_of(export_id, by)
    places = scope(by, "ledger.export")
    if not places:
        raise NotAllowed("ledger.export")
    if export.state != READY or is_over(export):
        raise NotFound("文件还没有做好，或已过期删除")
    with transaction.atomic():
        write(
            "ledger.fetched",
            actor=actor_of(by),
            subject=f"export:{export.pk}",
            chain=places[0][:6],
            purpose=export.purpose,
            detail={"ledger": export.ledger, "rows": export.done},
        )
    return export
