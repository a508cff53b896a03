"""停用账号: shuts a person out at once; the posts stay as they were, for the record.

Clause: GB/T 22239 8.1.4.2 (accounts no longer needed are closed in time)
Move:   none      Right: staff.manage      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.accounts.models import Invitation, Staff
from doudi.accounts.queries import actor_of, require_manage
from doudi.audit import journal
from doudi.audit.actor import Actor


def suspend_staff(staff: Staff, *, reason: str, by: Staff | Actor, at: dt.datetime) -> None:
    """The next request of the person finds him signed out; open links stop working."""
    require_manage(by, staff)
    with transaction.atomic():
        Staff.objects.filter(pk=staff.pk).update(is_active=False, session_mark="")
        Invitation.objects.filter(staff=staff, used_at=None).update(expires_at=at)
        journal.write(
            "staff.suspended",
            actor=actor_of(by),
            subject=f"staff:{staff.pk}",
            purpose=reason,
        )
    staff.is_active = False
