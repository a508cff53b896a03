"""告知: the household hears who will come, what with, and whom to call when nobody does.

Clause: PIPL art 7 (openness)
Move:   none      Right: called by the other actions      Says: nothing
"""

from doudi.benefits.actions.tell_payee import tell_payee
from doudi.notices.send import send
from doudi.regions.queries import office_phone, path_name
from doudi.support.models import Part


def tell_matched(part: Part) -> None:
    """Once for each promise; nothing where there is no phone."""
    said: dict[str, object] = {"who": part.supplier, "until": part.promised_on}
    if part.award:
        tell_payee(part.award, "support_promised", part.pk, **said)
    elif part.case:
        place = {"town": path_name(part.town), "phone": office_phone(part.town)}
        to = part.case.application.phone.open()
        send("support_promised", to=to, values=said | place, subject=part.subject, key=str(part.pk))
