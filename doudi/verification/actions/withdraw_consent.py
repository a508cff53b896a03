"""撤回核对授权: from this moment nothing more is asked under it.

Clause: PIPL art 15; SI649 art 58
Move:   none      Right: the signer himself      Says: ConsentWithdrawn
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import NotFound
from doudi.outbox.announce import announce
from doudi.verification.events import ConsentWithdrawn
from doudi.verification.models import Consent


def withdraw_consent(consent_id: UUID, *, by: Actor, at: dt.datetime) -> None:
    """NotFound when there is no living authorisation of that id."""
    with transaction.atomic():
        living = Consent.objects.filter(pk=consent_id, withdrawn_at=None)
        consent = living.first()
        if consent is None or not living.update(withdrawn_at=at):
            raise NotFound("没有这份有效的授权书")
        write("verification.consent_withdrawn", actor=by, subject=f"consent:{consent_id}")
        announce(ConsentWithdrawn(consent_id, consent.ref))
