"""告知: the applicant hears where he was handed on to and what came of it; the town what is late.

Clause: SI649 art 60; PIPL art 7 (openness)
Move:   none      Right: called by the other actions      Says: nothing
"""

from doudi.accounts.models import Staff
from doudi.accounts.queries import staff_by_id, staff_holding
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import NotFound
from doudi.notices.send import send
from doudi.referrals.catalog import department
from doudi.referrals.models import LifeProof, PlaceRequest, Referral
from doudi.regions.queries import office_phone, path_name
from doudi.vault.masking import mask_name


def tell_applicant(referral: Referral, template: str) -> None:
    """One message a referral and template, so that it is told once."""
    case = case_by_id(referral.case_id)
    values = _known(referral) | {"number": case.number, "phone": office_phone(case.town)}
    phone = case.application.phone.open()
    send(template, to=phone, values=values, subject=f"case:{case.pk}", key=str(referral.pk))


def tell_maker(referral: Referral) -> None:
    """To the officer who handed it on, where he left a phone: nothing of the household in it."""
    values = _known(referral) | {"number": referral.case.number}
    subject, key = f"referral:{referral.pk}", str(referral.pk)
    for phone in _phones(_officer(referral.made_by_id)):
        send("referral_late", to=phone, values=values, subject=subject, key=key)


def tell_place_asked(request: PlaceRequest) -> None:
    """The applicant hears that his hukou place was asked, so that he need not travel."""
    case = case_by_id(request.case_id)
    values = {
        "number": case.number,
        "place": request.to_name,
        "until": request.due_on,
        "town": path_name(case.town),
    }
    phone, key = case.application.phone.open(), str(request.pk)
    send("place_asked", to=phone, values=values, subject=f"case:{case.pk}", key=key)


def tell_place_late(request: PlaceRequest) -> None:
    """To who asked and to those who are to answer, where they left a phone; no name in it."""
    officers = _officer(request.asked_by_id)
    if request.to_town:
        officers += staff_holding("place.answer", request.to_town)
    values: dict[str, object] = {"number": request.number, "until": request.due_on}
    for phone in _phones(officers):
        send("place_late", to=phone, values=values, subject=f"place:{request.pk}")


def tell_life(proof: LifeProof, template: str) -> None:
    """To the person's phone, or the one the application was made with; once each."""
    phone = proof.person.phone.open()
    if not phone and proof.award.case_id:
        phone = case_by_id(proof.award.case_id).application.phone.open()
    values: dict[str, object] = {
        "name": mask_name(proof.person.name),
        "until": proof.due_on,
        "town": path_name(proof.town),
        "phone": office_phone(proof.town),
    }
    subject = f"award:{proof.award_id}"
    send(template, to=phone or "", values=values, subject=subject, key=str(proof.pk))


def tell_life_town(proof: LifeProof) -> None:
    """To the officers of the town who record it; nobody is named in it."""
    for phone in _phones(staff_holding("life.record", proof.town)):
        send(
            "life_town_late",
            to=phone,
            values={"until": proof.due_on},
            subject=f"life:{proof.pk}",
        )


def _officer(staff_id: str) -> list[Staff]:
    try:
        return [staff_by_id(staff_id)]
    except NotFound:
        return []


def _phones(officers: list[Staff]) -> list[str]:
    """Each phone once."""
    found = (officer.phone.open() for officer in officers if officer.phone)
    return sorted({phone for phone in found if phone})


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
