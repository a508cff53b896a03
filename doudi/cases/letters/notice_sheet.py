"""F12 公示单: the notice as it hangs; name masked whoever prints it."""

from doudi.cases.letters.common import Data, File, address, clause, day, office
from doudi.cases.models import PublicNotice
from doudi.kernel.errors import NotFound
from doudi.policy.wording import programme_name
from doudi.regions.queries import HOTLINE, office_phone, path_name


def notice_sheet(file: File) -> Data:
    """The newest notice with its one line (DB57 art 19); NotFound before it hangs."""
    case = file.case
    found = PublicNotice.objects.filter(case=case).order_by("-at").first()
    if found is None:
        raise NotFound("还没有公示")
    return {
        "town": path_name(case.town),
        "clause": clause("19"),
        "from_on": found.from_on.isoformat(),
        "until_on": found.until_on.isoformat(),
        "days": (found.until_on - found.from_on).days,
        "cases": [_line(file, found)],
        "town_phone": office_phone(case.town),
        "county_phone": office_phone(case.county),
        "hotline": HOTLINE,
        "office": office(case),
        "issued_on": found.from_on.isoformat(),
        "place": f"{found.place}公示栏",
        "taken_down_on": day(found.taken_down_at) if found.taken_down_at else "",
        "qr_text": address("/notices/"),  # where anybody may object; it opens no case
    }


def _line(file: File, found: PublicNotice) -> Data:
    return {
        "sequence": file.case.number[-5:],
        "masked_name": found.masked_name,
        "village": path_name(file.case.village_id, since="village"),
        "household_size": found.persons,
        "persons": found.covered,
        "programme": programme_name(found.programme) + ("（一次性）" if found.once_fen else ""),
        "monthly_fen": found.monthly_fen or found.once_fen,
    }
