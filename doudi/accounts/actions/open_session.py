"""登录: the newest session is the only one that holds.

Clause: GB/T 22239 8.1.4.1 (identity; no shared accounts)
Move:   none      Right: password and second factor      Says: nothing
"""

import datetime as dt
import secrets

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit import journal


def open_session(staff: Staff, *, at: dt.datetime, device: str = "") -> str:
    """Returns the mark that the session keeps; every earlier session of the person ends with it.

    `device` is a short digest of the browser's own mark: two hands on one device can be seen.
    """
    mark = secrets.token_hex(16)
    with transaction.atomic():
        Staff.objects.filter(pk=staff.pk).update(session_mark=mark)
        journal.write(
            "staff.signed_in",
            actor=actor_of(staff),
            subject=f"staff:{staff.pk}",
            detail={"device": device} if device else {},
        )
    staff.session_mark = mark
    return mark
