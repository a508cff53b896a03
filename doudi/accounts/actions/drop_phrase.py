"""删意见模板: ready words that an office no longer wants; what was signed with them stays.

Clause: HZ30
Move:   none      Right: phrase.write      Says: nothing
"""

from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Phrase, Staff
from doudi.accounts.queries import actor_of, may
from doudi.audit import journal
from doudi.kernel.errors import NotFound


def drop_phrase(phrase_id: UUID, *, by: Staff) -> None:
    """NotFound for another office's."""
    with transaction.atomic():
        phrase = Phrase.objects.select_for_update().filter(pk=phrase_id).first()
        if phrase is None or not may(by, "phrase.write", phrase.town):
            raise NotFound
        journal.write(
            "office.phrase_dropped",
            actor=actor_of(by),
            subject=f"phrase:{phrase.pk}",
            chain=phrase.town[:6],
            detail={"verb": phrase.verb, "title": phrase.title},
        )
        phrase.delete()
