"""导出台账: asked with a purpose and journalled before anything is made; made in the background.

Clause: PIPL 6, 51; GB/T 22239 8.1.4.11
Move:   none -> waiting      Right: ledger.export, person.reveal for whole values
Says:   nothing
"""

import datetime as dt

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, rights_of, scope
from doudi.audit.journal import write
from doudi.exports.catalog import LEDGERS, LISTS
from doudi.exports.flow import PURPOSES
from doudi.exports.models import Export
from doudi.exports.month import Asked
from doudi.exports.queries import ledger_for
from doudi.kernel.errors import Invalid, NotAllowed


def ask_export(
    key: str,
    purpose: str,
    whole: bool,
    *,
    by: Staff,
    at: dt.datetime,
    asked: Asked | None = None,
) -> Export:
    """The export that now waits; Invalid where the purpose cannot need whole values.

    A list behind a number brings what was `asked` (exports/month.py), which says its ledger.
    """
    ledger = ledger_for(key, by, LISTS if asked else LEDGERS)
    rights = rights_of(by)
    if "ledger.export" not in rights:
        raise NotAllowed("ledger.export")
    if whole and "person.reveal" not in rights:
        raise NotAllowed("person.reveal", "您没有查看完整信息的权限，请导出掩码的台账")
    if purpose not in PURPOSES:
        raise Invalid({"purpose": "请选择用途"})
    if whole and not PURPOSES[purpose].whole:
        raise Invalid({"whole": "这个用途不需要完整信息，请导出掩码的台账"})
    places = scope(by, "ledger.export")
    with transaction.atomic():
        export = Export(ledger=ledger.key, whole=whole, purpose=purpose, staff=by, asked_at=at)
        export.asked = asked or {}
        export.number = f"TZ{at:%Y%m%d}-{export.pk.hex[:6].upper()}"
        export.save()
        write(
            "ledger.exported_whole" if whole else "ledger.exported",
            actor=actor_of(by),
            subject=f"export:{export.pk}",
            chain=places[0][:6],
            purpose=purpose,
            detail={"ledger": ledger.key, "number": export.number, **(asked or {})},
        )
    return export
