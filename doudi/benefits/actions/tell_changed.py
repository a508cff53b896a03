"""告知变动: from when how much, and why; a new standard is published, not told one by one.

Clause: DB57 art 32
Move:   none      Right: called by a reaction      Says: nothing
"""

from doudi.benefits.actions.tell_payee import tell_payee
from doudi.benefits.events import AwardChanged
from doudi.benefits.queries import change
from doudi.kernel.money import yuan_text


def tell_changed(event: AwardChanged) -> None:
    """Once for a change; why it changed stands under "my benefits"."""
    made = change(event.change_id)
    if made.award.case_id or made.what != "standard":
        tell_payee(
            made.award,
            "award_changed",
            made.pk,
            what=made.what_name,
            month=made.from_month,
            before=yuan_text(made.before_fen),
            amount=yuan_text(made.after_fen),
        )
