"""告知申请人: one message about a case to the phone it was applied for with.

Clause: SI649 art 60; DB57 art 21
Move:   none      Right: called by reactions      Says: nothing
"""

from uuid import UUID

from doudi.cases.queries import case_by_id
from doudi.notices.send import send
from doudi.regions.queries import office_phone, path_name


def tell_applicant(case_id: UUID, template: str, key: object, **more: object) -> None:
    """`key` names what is told, so that it is told once; must run inside a transaction."""
    case = case_by_id(case_id)
    values: dict[str, object] = {
        "name": case.applicant_name,
        "number": case.number,
        "town": path_name(case.town),
        "phone": office_phone(case.town),
    }
    send(
        template,
        to=case.application.phone.open(),
        values=values | more,
        subject=f"case:{case_id}",
        key=str(key),
    )
