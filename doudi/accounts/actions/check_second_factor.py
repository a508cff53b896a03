"""第二因素: takes or refuses the six digits; each code once, five wrong ones lock for half an hour.

Clause: GB/T 22239 8.1.4.1 (two factors, lock after failures)
Move:   none      Right: whoever knows the password      Says: nothing
"""

import datetime as dt

from django.db import transaction
from django.db.models import F

from doudi.accounts.figures.totp import matching_step
from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit import journal

MOST_FAILURES = 5
LOCKED_FOR = dt.timedelta(minutes=30)


def check_second_factor(staff: Staff, code: str, at: dt.datetime) -> bool:
    """True once for the code of this half minute or one beside it; `at` is the real instant.

    False for a wrong, used or missing code and while locked: all of them look alike.
    """
    staff.refresh_from_db()
    if not staff.totp_secret or (staff.totp_locked_until and at < staff.totp_locked_until):
        return False
    secret = staff.totp_secret.open()
    step = matching_step(secret, code, at, staff.totp_last_step)
    if step is None:
        _count_failure(staff, at)
        return False
    # Two requests with the same code: only one of them moves the step.
    fresh = Staff.objects.filter(pk=staff.pk, is_active=True, totp_last_step__lt=step)
    return bool(fresh.update(totp_last_step=step, totp_failures=0, totp_locked_until=None))


def _count_failure(staff: Staff, at: dt.datetime) -> None:
    row = Staff.objects.filter(pk=staff.pk)
    with transaction.atomic():
        row.update(totp_failures=F("totp_failures") + 1)
        locked = row.filter(totp_failures__gte=MOST_FAILURES)
        if locked.update(totp_failures=0, totp_locked_until=at + LOCKED_FOR):
            journal.write(
                "staff.second_factor_locked", actor=actor_of(staff), subject=f"staff:{staff.pk}"
            )
