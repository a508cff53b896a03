"""退出: ends the person's session wherever it is open.

Clause: GB/T 22239 8.1.4.1
Move:   none      Right: oneself      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit import journal


def close_session(staff: Staff, *, at: dt.datetime) -> None:
    """No session holds the person's mark any more."""
    with transaction.atomic():
        Staff.objects.filter(pk=staff.pk).update(session_mark="")
        journal.write("staff.signed_out", actor=actor_of(staff), subject=f"staff:{staff.pk}")
