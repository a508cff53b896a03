"""告知: the applicant hears where he was handed on to and what came of it; the town what is late.

Clause: SI649 art 60; PIPL art 7 (openness)
Move:   none      Right: called by the other actions      Says: nothing
"""

from doudi.accounts.queries import staff_by_id
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import NotFound
from doudi.notices.send import send
from doudi.referrals.catalog import department
from doudi.referrals.models import Referral
from doudi.regions.queries import office_phone, path_name


def tell_applicant(referral: Referral, template: str) -> None:
    """One message a referral and template, so that it is told once."""
    case = case_by_id(referral.case_id)
    values = _known(referral) | {"number": case.number, "phone": office_phone(case.town)}
    phone = case.application.phone.open()
    send(template, to=phone, values=values, subject=f"case:{case.pk}", key=str(referral.pk))


def tell_maker(referral: Referral) -> None:
    """To the officer who handed it on, where he left a phone: nothing of the household in it."""
    try:
        maker = staff_by_id(referral.made_by_id)
    except NotFound:
        return
    phone = maker.phone.open() if maker.phone else ""
    values = _known(referral) | {"number": referral.case.number}
    subject = f"referral:{referral.pk}"
    send("referral_late", to=phone or "", values=values, subject=subject, key=str(referral.pk))


def _known(referral: Referral) -> dict[str, object]:
    found = department(referral.department)
    return {
        "office": found.office if found else referral.department,
        "office_en": found.office_en if found else referral.department,
        "matter": found.zh if found else "",
        "matter_en": found.en if found else "",
        "until": referral.due_on,
        "town": path_name(referral.town),
    }
