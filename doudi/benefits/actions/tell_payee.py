"""告知领款人: to the phone of the application, or of the payee where the award was taken over.

Clause: DB57 arts 25, 32 (whoever is in benefit hears of it, wherever it was decided)
Move:   none      Right: called by actions that tell      Says: nothing
"""

from doudi.benefits.models import Award
from doudi.cases.actions.tell_applicant import tell_applicant
from doudi.notices.send import send
from doudi.people.queries import person
from doudi.regions.queries import office_phone, path_name


def tell_payee(award: Award, template: str, key: object, **more: object) -> None:
    """Told once for `key`; nobody without a phone on file. Must run inside a transaction."""
    if award.case_id is not None:
        tell_applicant(award.case_id, template, key, **more)
        return
    values: dict[str, object] = {
        "name": award.payee_name,
        "number": award.number,
        "town": path_name(award.town),
        "phone": office_phone(award.town),
    }
    send(
        template,
        to=str(person(award.payee_id).phone.open() or ""),
        values=values | more,
        subject=f"award:{award.pk}",
        key=str(key),
    )
