"""F07-3 to a bank or another province: who is asked about, under whose leave."""

from typing import Any

from doudi.cases.letters.common import day, office_of
from doudi.clock.demo_mark import is_demo
from doudi.regions.queries import office_phone
from doudi.vault.masking import mask_id
from doudi.verification.catalog.outside import items_of

Data = dict[str, Any]


def outside_letter(found: Any, lines: list[Any], *, full: bool) -> Data:
    """ID numbers whole only on the paper that is sent."""
    words = items_of(found.kind)
    return {
        "demo": is_demo(),
        "number": found.number,
        "asked_on": day(found.asked_at),
        "body": found.body,
        "office": office_of(found.town),
        "kind": found.kind,
        "scope": "；".join(words[code]["zh"] for code in found.items),
        "due_on": found.due_on.isoformat(),
        "officer": found.asked_by,
        "phone": office_phone(found.town),
        "lines": [_line(line, words, full=full) for line in lines],
    }


def _line(line: Any, words: Data, *, full: bool) -> Data:
    number = line.consent.id_number.open() or ""
    return {
        "name": line.consent.name,
        "id_number": number if full else mask_id(number),
        "consent": line.consent.number,
        "item": words[line.item]["zh"],
    }
