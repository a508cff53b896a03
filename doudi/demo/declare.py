"""The shape of a declaration with everything ordinary filled in, for stories and crowds alike."""

from typing import Any

Json = dict[str, Any]


def member(key: str, relation: str, name: str, number: str, phone: str = "", **more: Any) -> Json:
    """One family member; whatever is not named is unremarkable."""
    plain: Json = {
        "key": key,
        "relation": relation,
        "name": name,
        "id_number": number,
        "phone": phone,
        "disability": None,
        "serious_illness": False,
        "illness": "",
        "student": "none",
        "school": "",
        "employed": False,
        "excluded": None,
        "supporter": "able",
        "self_care_failed": [],
        "income": [],
        "expenses": [],
    }
    return plain | more


def money(kind: str, yuan: int) -> Json:
    """One twelve-month sum of income or expense in whole yuan."""
    return {"kind": kind, "yuan": f"{yuan}.00"}


def declaration(applicant: Json, members: list[Json], **more: Any) -> Json:
    """The whole application of a household with hardly any property."""
    plain: Json = {
        "applicant": {"registered_address": "", "permit": None} | applicant,
        "members": members,
        "property": {
            "money_yuan": "2000.00",
            "vehicles": [],
            "homes": [{"kind": "owned", "square_metres": "80"}],
            "companies": [],
            "machines": [],
        },
        "causes": ["illness"],
        "reason": "",
        "helper": None,
        "setting": "dispersed",
        "event": None,
    }
    return plain | more
