"""答复申诉: the county upholds the decision with reasons, or has the case assessed anew.

Clause: SI649 art 65; XZFY art 20
Move:   open -> dismissed or upheld      Right: redress.answer of the very county
Says:   AppealUpheld, AppealDismissed
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.cases.file import hands_on
from doudi.kernel.errors import NotAllowed
from doudi.outbox.announce import announce
from doudi.redress.actions.close import close, held
from doudi.redress.events import AppealDismissed, AppealUpheld
from doudi.redress.flow import DISMISSED, UPHELD
from doudi.redress.models import Appeal
from doudi.redress.queries import own_office


def answer_appeal(
    appeal_id: UUID, upheld: bool, answer: str, *, by: Staff, at: dt.datetime
) -> Appeal:
    """NotAllowed outside the county and for whoever had a hand in the case; Missing reasons."""
    with transaction.atomic():
        appeal = held(Appeal, appeal_id)
        if not own_office(by, "redress.answer", appeal.office):
            raise NotAllowed("redress.answer")
        if str(by.pk) in hands_on(appeal.case):
            raise NotAllowed("redress.answer", "您办理过这个办件，申诉请由另一人答复")
        close(appeal, UPHELD if upheld else DISMISSED, answer, by=by, at=at)
        write(
            f"appeal.{appeal.state}",
            actor=actor_of(by),
            subject=f"case:{appeal.case_id}",
            chain=appeal.office,
        )
        ids = (appeal.pk, appeal.case_id)
        announce(AppealUpheld(*ids) if upheld else AppealDismissed(*ids))
    return appeal
