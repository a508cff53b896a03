"""扫码验真 of papers beyond a case's own: a letter of change by its proposal."""

from hmac import compare_digest
from typing import Any
from uuid import UUID

from doudi.cases.letters.common import address
from doudi.cases.letters.genuine import Genuine, genuine, issued_on
from doudi.filing.letters.upkeep import change_letter
from doudi.kernel.errors import NotFound
from doudi.paper.forms import find_form
from doudi.upkeep.queries import proposal
from doudi.vault.index import blind_index
from doudi.vault.masking import mask_name

CHANGE = "F14"


def with_change_mark(data: dict[str, Any], proposal_id: UUID) -> dict[str, Any]:
    """The letter with the QR code of its authenticity page."""
    return {
        "qr_text": address(f"/papers/{proposal_id}/{CHANGE}/{_mark(proposal_id, data)}/")
    } | data


def genuine_paper(ref: UUID, form: str, mark: str) -> Genuine:
    """NotFound for a mark that this house did not print, and for a paper that was replaced."""
    sheet = find_form(form)
    if sheet.code != CHANGE:
        return genuine(ref, form, mark)
    data = change_letter(proposal(ref))
    if not compare_digest(_mark(ref, data).encode(), mark.encode()):
        raise NotFound("没有查到这份文书：不是本系统出具的，或已被新的文书代替")
    return Genuine(
        form=sheet.code,
        title=sheet.title,
        title_en=sheet.title_en,
        number=data["number"],
        issued_on=issued_on(data),
        office=data["office"],
        name=mask_name(data["applicant"]),
    )


def _mark(ref: UUID, data: dict[str, Any]) -> str:
    about = f"{ref}|{CHANGE}|{data['number']}|{issued_on(data)}|{data['after_fen']}"
    return blind_index("paper", about)
