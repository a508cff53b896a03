"""注销登记: a group gives no more; what it promised and did not bring is looked for anew.

Clause: DOUDI R27
Move:   its promised parts -> CANCELLED      Right: group.register      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import NotFound
from doudi.support.actions.cancel_part import cancelled
from doudi.support.flow import PROMISED
from doudi.support.models import Group, Part


def end_group(group_id: UUID, *, by: Staff, at: dt.datetime) -> Group:
    """The same again changes nothing."""
    with transaction.atomic():
        group = Group.objects.select_for_update().filter(pk=group_id).first()
        if group is None:
            raise NotFound("没有这个组织")
        require(by, "group.register", group.county)
        if group.ended_at is None:
            group.ended_at = at
            group.save()
            for part in Part.objects.select_for_update().filter(offer__group=group, state=PROMISED):
                cancelled(part, by, at)
            subject = f"group:{group.pk}"
            write("support.group_ended", actor=actor_of(by), subject=subject, chain=group.county)
    return group
