"""告知: the applicant hears of every mandate and every use of it, where he has a phone.

Clause: Civil Code art 165; PIPL art 7 (openness)
Move:   none      Right: called by the other actions      Says: nothing
"""

import datetime as dt

from doudi.cases.queries import case_by_id
from doudi.mandates.models import Mandate
from doudi.notices.send import send
from doudi.regions.queries import office_phone, path_name
from doudi.vault.masking import mask_name


def tell_given(mandate: Mandate) -> None:
    """The applicant hears that somebody may act for him, the representative until when."""
    _tell(mandate, "mandate_given", str(mandate.pk))
    send(
        "mandate_held",
        to=mandate.phone.open(),
        values={"whose": mask_name(mandate.case.applicant_name), "until": mandate.until_on},
        subject=f"case:{mandate.case_id}",
        key=str(mandate.pk),
    )


def tell_used(mandate: Mandate, at: dt.datetime) -> None:
    """The applicant hears of what was done in his name, each time."""
    _tell(mandate, "mandate_used", f"{mandate.pk}:{at:%Y%m%d%H%M%S%f}")


def tell_over(mandate: Mandate) -> None:
    """The applicant hears that it is over."""
    _tell(mandate, "mandate_over", str(mandate.pk))


def _tell(mandate: Mandate, template: str, key: str) -> None:
    """One message to the applicant; `key` names what is told, so it is told once."""
    case = case_by_id(mandate.case_id)
    values: dict[str, object] = {
        "who": mask_name(mandate.name.open()),
        "until": mandate.until_on,
        "town": path_name(case.town),
        "phone": office_phone(case.town),
    }
    phone = case.application.phone.open()
    send(template, to=phone, values=values, subject=f"case:{case.pk}", key=key)
