"""The auditor's own looking stands in the journal like everybody's."""

from typing import Any

from django.db import transaction

from doudi.accounts.queries import actor_of
from doudi.audit.journal import CITY, write


def looked(action: str, staff: Any, subject: str, **more: Any) -> None:
    """One entry, before anything is shown; `more` is chain, purpose and detail."""
    with transaction.atomic():
        write(action, actor=actor_of(staff), subject=subject, **{"chain": CITY} | more)
