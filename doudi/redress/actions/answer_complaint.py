"""答复投诉: by the office that answers, never by the one it is about.

Clause: HCP 差评整改 (within 15 working days, each with a call back)
Move:   open -> answered      Right: redress.answer of the very office      Says: ComplaintAnswered
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.outbox.announce import announce
from doudi.redress.actions.close import close, held
from doudi.redress.events import ComplaintAnswered
from doudi.redress.flow import ANSWERED
from doudi.redress.models import Complaint
from doudi.redress.queries import own_office


def answer_complaint(complaint_id: UUID, answer: str, *, by: Staff, at: dt.datetime) -> Complaint:
    """NotFound for the one it is about: to him it does not exist; NotAllowed outside the office."""
    with transaction.atomic():
        complaint = held(Complaint, complaint_id)
        if complaint.about_id == str(by.pk):
            raise NotFound("没有这件事")
        if not own_office(by, "redress.answer", complaint.office):
            raise NotAllowed("redress.answer")
        close(complaint, ANSWERED, answer, by=by, at=at)
        write(
            "complaint.answered",
            actor=actor_of(by),
            subject=f"complaint:{complaint.pk}",
            chain=complaint.office,
        )
        announce(ComplaintAnswered(complaint.pk))
    return complaint
