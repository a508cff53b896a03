"""改密码: with the present password; every open session ends.

Clause: GB/T 22239 8.1.4.1 (complexity, change)
Move:   none      Right: oneself      Says: nothing
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.actions.accept_invitation import password_problems
from doudi.accounts.actions.check_second_factor import check_second_factor
from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit import journal
from doudi.kernel.errors import Invalid


def change_password(
    staff: Staff, present: str, password: str, code: str, *, at: dt.datetime
) -> None:
    """Invalid unless present password and code are right and the new password may be taken.

    `at` is the real instant. Wrong codes count towards the lock of the second factor.
    """
    problems = password_problems(password, staff)
    if present == password:
        problems["password"] = _("新密码不能与现在的相同")
    if problems:
        raise Invalid(problems)
    right_code = check_second_factor(staff, code, at)
    if not (staff.check_password(present) and right_code):
        raise Invalid({"present": _("现在的密码或验证码不对")})
    with transaction.atomic():
        staff.set_password(password)
        staff.session_mark = ""
        staff.save(update_fields=["password", "session_mark"])
        journal.write("staff.password_changed", actor=actor_of(staff), subject=f"staff:{staff.pk}")
