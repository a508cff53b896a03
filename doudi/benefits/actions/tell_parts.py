"""告知分期发放: how much in how many parts, and from which month.

Clause: LS23 二(三)
Move:   none      Right: called by a reaction      Says: nothing
"""

from doudi.benefits.actions.tell_payee import tell_payee
from doudi.benefits.events import PartsAgreed
from doudi.benefits.parts import parts_of
from doudi.benefits.queries import award as award_by_id
from doudi.kernel.money import yuan_text


def tell_parts(event: PartsAgreed) -> None:
    """Once; the conditions stand under "my benefits"."""
    award = award_by_id(event.award_id)
    lines = parts_of([award.pk]).get(award.pk, [])
    amount, first = yuan_text(award.once_fen), lines[0].part.month if lines else ""
    tell_payee(award, "parts_agreed", award.pk, amount=amount, parts=len(lines), month=first)
