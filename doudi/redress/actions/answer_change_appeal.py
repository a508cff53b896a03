"""答复对变动的申诉: who had no hand in it upholds the change, or finds the household right.

Nothing moves by the answer: what is to be paid again is proposed, and a person decides it.

Clause: SI649 art 65; XZFY art 20; XZSS art 45
Move:   open -> dismissed or upheld      Right: redress.answer of the very office
Says:   ChangeAppealUpheld, ChangeAppealDismissed
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.kernel.errors import NotAllowed
from doudi.outbox.announce import announce
from doudi.redress.actions.close import close, held
from doudi.redress.events import ChangeAppealDismissed, ChangeAppealUpheld
from doudi.redress.flow import DISMISSED, UPHELD
from doudi.redress.models import ChangeAppeal
from doudi.redress.queries import own_office


def answer_change_appeal(
    appeal_id: UUID, upheld: bool, answer: str, *, by: Staff, at: dt.datetime
) -> ChangeAppeal:
    """NotAllowed outside the office and for whoever proposed or decided; Missing reasons."""
    with transaction.atomic():
        appeal = held(ChangeAppeal, appeal_id)
        if not own_office(by, "redress.answer", appeal.office):
            raise NotAllowed("redress.answer")
        if str(by.pk) in appeal.hands:
            raise NotAllowed("redress.answer", "您提请或决定过这次变动，申诉请由另一人答复")
        close(appeal, UPHELD if upheld else DISMISSED, answer, by=by, at=at)
        write(
            f"award.appeal_{appeal.state}",
            actor=actor_of(by),
            subject=f"award:{appeal.award_id}",
            chain=appeal.office,
        )
        announce(ChangeAppealUpheld(appeal.pk) if upheld else ChangeAppealDismissed(appeal.pk))
    return appeal
