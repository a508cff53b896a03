"""接受邀请: the person sets a password and proves the second factor; then the link is used up.

Clause: GB/T 22239 8.1.4.1 (complexity, two factors, one of them cryptographic)
Move:   none      Right: whoever holds the link      Says: nothing
"""

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.figures.totp import matching_step
from doudi.accounts.models import Invitation, Staff
from doudi.accounts.queries import actor_of, invitation_by_token
from doudi.audit import journal
from doudi.kernel.errors import Invalid, NotFound

LONGEST_PASSWORD = 128


def accept_invitation(
    token: str, password: str, code: str, at: dt.datetime, *, real_at: dt.datetime | None = None
) -> Staff:
    """Returns the person, who may now sign in.

    `real_at` is the instant for the six digits where the shown clock was moved (default `at`).
    NotFound for a link that is unknown, used or expired; Invalid for a weak password or wrong code.
    """
    invitation = invitation_by_token(token, at)
    staff = invitation.staff
    secret = invitation.totp_secret.open()
    problems = password_problems(password, staff)
    step = matching_step(secret, code, real_at or at, 0)
    if step is None:
        problems["code"] = _("验证码不对，请看认证器现在显示的六位数字")
    if problems or step is None:
        raise Invalid(problems)
    with transaction.atomic():
        taken = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=at)
        if not taken:
            raise NotFound(_("这个链接已失效，请向管理员索取新的链接"))
        staff.set_password(password)
        staff.totp_secret, staff.totp_last_step = secret, step
        staff.totp_failures, staff.totp_locked_until, staff.session_mark = 0, None, ""
        staff.save(update_fields=SET_BY_INVITATION)
        journal.write(
            "staff.invitation_accepted", actor=actor_of(staff), subject=f"staff:{staff.pk}"
        )
    return staff


SET_BY_INVITATION = [
    "password",
    "totp_secret",
    "totp_last_step",
    "totp_failures",
    "totp_locked_until",
    "session_mark",
]


def password_problems(password: str, staff: Staff) -> dict[str, str]:
    """What is wrong with a new password; empty when it may be taken."""
    if len(password) > LONGEST_PASSWORD:
        return {"password": _("密码最长128个字符")}
    try:
        validate_password(password, staff)
    except ValidationError as error:
        return {"password": " ".join(error.messages)}
    return {}
