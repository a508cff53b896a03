"""扫码验真: the mark in a paper's QR code, and what its page may tell whoever scans it."""

from dataclasses import dataclass
from hmac import compare_digest
from uuid import UUID

from doudi.cases.letters.common import Data, address, office
from doudi.cases.letters.data import letter_data
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import NotFound
from doudi.paper.forms import find_form
from doudi.vault.index import blind_index
from doudi.vault.masking import mask_name

DAYS = ("issued_on", "valid_from", "on", "asked_on", "filed_on", "accepted_on", "applied_on")


@dataclass(frozen=True)
class Genuine:
    """What a scan may see: which paper, its number and day, who issued it, for whom (masked)."""

    form: str
    title: str
    title_en: str
    number: str
    issued_on: str
    office: str
    name: str


def with_mark(data: Data, case_id: UUID, form: str) -> Data:
    """The data with the QR code of its authenticity page, where the form has no other code."""
    code = find_form(form).code
    path = f"/papers/{case_id}/{code}/{_mark(case_id, code, data)}/"
    return {"qr_text": address(path)} | data


def genuine(case_id: UUID, form: str, mark: str) -> Genuine:
    """NotFound for a mark that this house did not print, and for a paper that was replaced."""
    sheet = find_form(form)
    data = letter_data(case_id, sheet.code)
    if not compare_digest(_mark(case_id, sheet.code, data).encode(), mark.encode()):
        raise NotFound("没有查到这份文书：不是本系统出具的，或已被新的文书代替")
    case = case_by_id(case_id)
    return Genuine(
        form=sheet.code,
        title=sheet.title,
        title_en=sheet.title_en,
        number=data.get("number") or case.number,
        issued_on=issued_on(data),
        office=data.get("office") or office(case),
        name=mask_name(case.applicant_name),
    )


def issued_on(data: Data) -> str:
    """The day a paper bears, whatever its form calls it; empty where it bears none."""
    return str(next((data[name] for name in DAYS if data.get(name)), ""))


def _mark(case_id: UUID, form: str, data: Data) -> str:
    """32 hexadecimal characters, keyed: nobody else can make one, and none leads to another."""
    about = f"{case_id}|{form}|{data.get('number')}|{issued_on(data)}"
    return blind_index("paper", about)
