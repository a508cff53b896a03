"""The data of a request to the hukou place as F26 prints it."""

from typing import Any

from doudi.clock.demo_mark import is_demo
from doudi.clock.time import CHINA
from doudi.referrals.flow import QUESTIONS
from doudi.referrals.models import PlaceRequest
from doudi.regions.queries import office_phone, path_name
from doudi.vault.masking import mask_id

RELATIONS = {
    "self": "本人",
    "spouse": "配偶",
    "child": "子女",
    "parent": "父母",
    "grandchild": "孙子女",
    "grandparent": "祖父母",
    "sibling": "兄弟姐妹",
    "other": "其他",
}


def place_letter(request: PlaceRequest, *, full: bool = False) -> dict[str, Any]:
    """Plain values for `doudi.paper`; ID numbers are masked unless `full`."""
    told = request.case.application.declaration.open()
    return {
        "case_number": request.case.number,
        "office": path_name(request.from_town),
        "number": request.number,
        "to": request.to_name,
        "asked_on": request.asked_at.astimezone(CHINA).date().isoformat(),
        "due_on": request.due_on.isoformat(),
        "address": told["applicant"].get("registered_address") or "",
        "persons": [
            {
                "name": m["name"],
                "relation": RELATIONS.get(m["relation"], ""),
                "id_number": m["id_number"] if full else mask_id(m["id_number"]),
            }
            for m in told["members"]
        ],
        "questions": [QUESTIONS[q] for q in request.questions],
        "text": request.text.open() or "",
        "officer": request.asked_by,
        "phone": office_phone(request.from_town),
        "demo": is_demo(),
    }
