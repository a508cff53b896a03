"""申诉: a household that gets less, or is to pay back, asks a higher office to look again.

The change holds meanwhile; whoever asks for it may be paid as before, if a person agrees.

Clause: SI649 art 65; XZFY arts 20, 42
Move:   none      Right: the household; the caller's      Says: ChangeAppealFiled
"""

import datetime as dt
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, Invalid
from doudi.outbox.announce import announce
from doudi.redress.events import ChangeAppealFiled
from doudi.redress.models import ChangeAppeal
from doudi.redress.queries import answer_by, day_of, limit_to_appeal

TWICE = "对这次变动已经申诉过了，请等答复"


@dataclass(frozen=True)
class Against:
    """What is appealed against: whose, what, from when, how much; who had a hand in it."""

    office: str
    case_id: UUID | None
    award_id: UUID
    award_number: str
    masked_name: str
    matter_id: UUID
    kind: str
    from_month: str
    before_fen: int
    after_fen: int
    against_at: dt.datetime
    hands: list[str] = field(default_factory=list)


def file_change_appeal(
    against: Against, text: str, *, asks_hold: bool, by: Actor, at: dt.datetime
) -> ChangeAppeal:
    """Invalid without words, Conflict a second time; a late one is taken and marked late."""
    if not 5 <= len(text.strip()) <= 2000:
        raise Invalid({"text": "请写明您不同意什么、为什么（5到2000个字）"})
    today = day_of(at)
    limit = limit_to_appeal(day_of(against.against_at))
    try:
        with transaction.atomic():
            appeal = ChangeAppeal.objects.create(
                **asdict(against),
                text=text.strip(),
                filed_at=at,
                due_on=answer_by("appeal_answer", today),
                limit_on=limit,
                late=today > limit,
                asks_hold=asks_hold,
            )
            subject = f"award:{against.award_id}"
            write("award.appealed", actor=by, subject=subject, chain=against.office)
            announce(ChangeAppealFiled(appeal.pk))
    except IntegrityError:
        raise Conflict(TWICE) from None
    return appeal
