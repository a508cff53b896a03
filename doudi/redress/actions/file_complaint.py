"""投诉: named or not; one without a name is tied to no case and to nobody.

Clause: HCP 差评整改; DB57 art 37
Move:   none      Right: anybody      Says: ComplaintFiled
"""

import datetime as dt
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import Invalid
from doudi.outbox.announce import announce
from doudi.redress.events import ComplaintFiled
from doudi.redress.flow import COMPLAINTS
from doudi.redress.models import Complaint
from doudi.redress.queries import answer_by, day_of, told_of

ANYBODY = Actor("citizen", "", "")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


@dataclass(frozen=True)
class Said:
    """What is complained of: kind, words, who it is about, and a way to answer."""

    kind: str
    text: str
    about: str = ""
    about_id: str = ""
    contact: str = ""
    list_id: UUID | None = None  # the public list that is objected to


def file_complaint(
    county: str, said: Said, *, case_id: UUID | None = None, by: Actor = ANYBODY, at: dt.datetime
) -> Complaint:
    """Invalid without words or kind. `case_id` and `by` only where the name may be known.

    Without a name only the day is kept, not the minute: nothing ties it to who was where.
    """
    wrong = {}
    if said.kind not in COMPLAINTS:
        wrong["kind"] = "请选一个原因"
    if not 5 <= len(said.text.strip()) <= 2000:
        wrong["text"] = "请写明情况（5到2000个字）"
    if wrong:
        raise Invalid(wrong)
    about_id, office = told_of(county, said.about_id, f"{said.about} {said.text}")
    filed = at if case_id else at.replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        complaint = Complaint.objects.create(
            case_id=case_id,
            office=office,
            kind=said.kind,
            text=said.text.strip(),
            about=said.about.strip(),
            list_id=said.list_id,
            about_id=about_id,
            contact=said.contact.strip()[:100],
            tracking="".join(secrets.choice(LETTERS) for _ in range(16)),
            filed_at=filed,
            due_on=answer_by("complaint_answer", day_of(at)),
        )
        actor = by if case_id else ANYBODY
        write("complaint.filed", actor=actor, subject=f"complaint:{complaint.pk}", chain=office)
        announce(ComplaintFiled(complaint.pk))
    return complaint
