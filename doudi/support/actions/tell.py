"""告知: the household hears who will come, what with, and whom to call when nobody does.

Clause: PIPL art 7 (openness)
Move:   none      Right: called by the other actions      Says: nothing
"""

from doudi.cases.queries import case_by_id
from doudi.notices.send import send
from doudi.regions.queries import office_phone, path_name
from doudi.support.models import Part


def tell_matched(part: Part) -> None:
    """Once for each promise; nothing where there is no phone."""
    case = case_by_id(part.case_id)
    values: dict[str, object] = {
        "who": part.supplier,
        "until": part.promised_on,
        "town": path_name(part.town),
        "phone": office_phone(part.town),
    }
    phone = case.application.phone.open()
    send("support_promised", to=phone, values=values, subject=f"case:{case.pk}", key=str(part.pk))
