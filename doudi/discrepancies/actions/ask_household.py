"""请本人说明: the household is told what was found and by when it may explain or object.

Clause: DB57 arts 18, 32; SI649 art 13
Move:   TAKEN, VISITED -> ASKED      Right: discrepancy.work      Says: ExplanationAsked
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.cases.queries import pack
from doudi.discrepancies.events import ExplanationAsked
from doudi.discrepancies.flow import ASKED
from doudi.discrepancies.models import Inquiry
from doudi.discrepancies.queries import about, locked
from doudi.kernel.errors import Invalid
from doudi.outbox.announce import announce
from doudi.policy.rules.deadlines import working_days_after
from doudi.upkeep.queries import day_of
from doudi.vault.scrub import PERSONAL

LONGEST = 500


def ask_household(inquiry_id: UUID, question: str, *, by: Staff, at: dt.datetime) -> Inquiry:
    """The question in plain words, without anybody's number; the last day is the pack's."""
    words = question.strip()
    if not 5 <= len(words) <= LONGEST:
        raise Invalid({"question": "请写明要本人说明什么，5至500个字"})
    if PERSONAL.search(words):
        raise Invalid({"question": "不要写身份证号、手机号或账号"})
    with transaction.atomic():
        found = locked(inquiry_id, "ask", by)
        law = pack()
        until = working_days_after(
            law.book, law.calendar, "discrepancies.answer_days", day_of(at)
        ).on
        found.state, found.question, found.answer_by_on = ASKED, words, until
        found.asked_by, found.asked_at = by.name, at
        found.answered_at, found.objects_to_it = None, False
        found.due_on = max(found.due_on, until)
        found.save()
        write(
            "inquiry.asked",
            actor=actor_of(by),
            subject=about(found),
            chain=found.county,
            detail={"until": until.isoformat()},
        )
        announce(ExplanationAsked(found.pk))
    return found
