"""窗口代填: an officer begins a draft for somebody who stands before him.

Clause: SI649 art 11 (who has difficulty applying is helped); DB57 art 4
Move:   none      Right: application.file      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, scope
from doudi.audit.journal import write
from doudi.cases.models import Draft
from doudi.kernel.errors import NotAllowed


def open_window(phone: str, *, by: Staff, at: dt.datetime) -> Draft:
    """An empty draft of this officer's own; `phone` is the applicant's once proved, else ""."""
    if not scope(by, "application.file"):
        raise NotAllowed("application.file")
    with transaction.atomic():
        draft = Draft.objects.create(
            phone=phone, declaration={}, staff_id=str(by.pk), started_at=at, saved_at=at
        )
        write("draft.opened_at_window", actor=actor_of(by), subject=f"application:{draft.pk}")
    return draft
