"""恢复账号: lets a suspended person work again, through a new link.

Clause: GB/T 22239 8.1.4.2
Move:   none      Right: staff.manage      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.accounts.actions.invite import invite
from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require_manage
from doudi.audit import journal
from doudi.audit.actor import Actor


def reinstate_staff(staff: Staff, *, reason: str, by: Staff | Actor, at: dt.datetime) -> str:
    """Returns the token of a new link; the old password and second factor no longer count."""
    require_manage(by, staff)
    with transaction.atomic():
        staff.is_active, staff.totp_secret = True, ""
        staff.set_unusable_password()
        staff.save(update_fields=["is_active", "totp_secret", "password"])
        journal.write(
            "staff.reinstated",
            actor=actor_of(by),
            subject=f"staff:{staff.pk}",
            purpose=reason,
        )
        return invite(staff, by=by, at=at)
