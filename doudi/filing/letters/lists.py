"""F12-2 发放公示单: a town's lines of a month as they hang on the boards; masked whoever prints."""

from typing import Any

from doudi.benefits.kinds import kind_name
from doudi.benefits.publication import lines_of, shown
from doudi.cases.letters.common import address, clause, office_of
from doudi.clock.demo_mark import is_demo
from doudi.kernel.periods import Month
from doudi.regions.queries import HOTLINE, office_phone, path_name, path_names

Data = dict[str, Any]


def list_sheet(notice: Any, town: str) -> Data:
    """By village; where the pack names no amounts the column is not there."""
    roll, lines = notice.roll, shown(notice, lines_of(notice, town))
    names = path_names(sorted({line.village for line in lines}), "village")
    month = Month.parse(roll.month)
    return {
        "demo": is_demo(),
        "county_name": path_name(roll.county, since="city"),
        "town": path_name(town, since="city"),
        "month": f"{month.year}年{month.number}月",
        "number": roll.number,
        "clause": clause("24"),
        "from_on": notice.from_on.isoformat(),
        "until_on": notice.until_on.isoformat(),
        "days": (notice.until_on - notice.from_on).days,
        "with_amounts": notice.with_amounts,
        "lines": [
            {
                "masked_name": line.name,
                "village": names[line.village],
                "household_size": line.size,
                "persons": line.covered,
                "programme": kind_name(line.kind),
                "amount_fen": line.fen,
            }
            for line in lines
        ],
        "town_phone": office_phone(town),
        "county_phone": office_phone(roll.county),
        "hotline": HOTLINE,
        "office": office_of(town),
        "issued_on": notice.from_on.isoformat(),
        "place": "各村（社区）公示栏",
        "qr_text": address(f"/notices/lists/{notice.pk}/"),
    }
