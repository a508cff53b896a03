"""授权到期: authorisations hold until some months after the benefit ended, as their text says.

Clause: DB57 art 9; the authorisation's text, point 4
Move:   none      Right: called by a reaction      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.kernel.periods import months_before
from doudi.verification.file import lasts, months_of
from doudi.verification.models import Consent


def limit_consents(ref: UUID, ended_on: dt.date | None, *, at: dt.datetime) -> int:
    """How many got another last day; without `ended_on` they hold as they were signed."""
    with transaction.atomic():
        living = list(Consent.objects.select_for_update().filter(ref=ref, withdrawn_at=None))
        changed = []
        for consent in living:
            until = lasts("verification.consent_days", consent.signed_at)
            if ended_on is not None:
                months = months_of("verification.consent_after_months", at)
                until = min(until, months_before(ended_on, -months))
            if until != consent.valid_until:
                consent.valid_until = until
                changed.append(consent)
        Consent.objects.bulk_update(changed, ["valid_until"])
        for consent in changed:
            write(
                "verification.consent_limited",
                actor=SYSTEM,
                subject=f"consent:{consent.pk}",
                detail={"until": consent.valid_until.isoformat()},
            )
    return len(changed)
