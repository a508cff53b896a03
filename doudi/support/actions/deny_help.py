"""没见到: the household says that what stands in the record never was.

Clause: DOUDI R27
Move:   none      Right: the applicant himself      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.kernel.errors import NotFound
from doudi.support.actions.note import note, require_own
from doudi.support.models import Help


def deny_help(help_id: UUID, *, by: Actor, at: dt.datetime) -> Help:
    """The line stays and bears the word; the same again changes nothing."""
    with transaction.atomic():
        rows = Help.objects.select_for_update(of=("self",)).filter(pk=help_id)
        made = rows.select_related("pairing__case__application").first()
        if made is None:
            raise NotFound("没有这条帮扶信息")
        require_own(made.pairing.case, by, "support.deny")
        if made.denied_at is None:
            made.denied_at = at
            made.save()
            note("support.denied", made.pairing, by)
    return made
