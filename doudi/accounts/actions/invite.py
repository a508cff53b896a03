"""邀请: makes a one-time link by which a person sets password and second factor.

Clause: GB/T 22239 8.1.4.1 (identity, two factors)
Move:   none      Right: staff.manage      Says: nothing
"""

import datetime as dt
import secrets

from django.db import transaction

from doudi.accounts.figures.totp import new_secret
from doudi.accounts.models import Invitation, Staff
from doudi.accounts.queries import actor_of, require_manage
from doudi.audit import journal
from doudi.audit.actor import Actor
from doudi.vault.index import blind_index

VALID = dt.timedelta(days=7)


def invite(staff: Staff, *, by: Staff | Actor, at: dt.datetime) -> str:
    """Returns the token of a new link, valid seven days and once; earlier links stop working.

    The token is shown once and only its index is kept. NotAllowed without the right.
    """
    require_manage(by, staff)
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        Invitation.objects.filter(staff=staff, used_at=None).update(expires_at=at)
        Invitation.objects.create(
            token_index=blind_index("token", token),
            staff=staff,
            totp_secret=new_secret(),
            made_at=at,
            expires_at=at + VALID,
        )
        journal.write("staff.invited", actor=actor_of(by), subject=f"staff:{staff.pk}")
    return token
