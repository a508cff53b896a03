"""From what was declared, found and seen to what the law may know: the only mapping."""

import copy
import datetime as dt
from collections.abc import Mapping
from typing import Any

from doudi.kernel.resident_id import birth_date, sex
from doudi.policy.facts import HouseholdFacts, facts_to_json, parse_household

Json = Mapping[str, Any]
TAKEN = (
    "relation",
    "disability",
    "serious_illness",
    "student",
    "employed",
    "excluded",
    "supporter",
    "self_care_failed",
    "income",
    "expenses",
    "special",
)


def declared_facts(declaration: Json, number: str, area: str, on: dt.date) -> dict[str, Any]:
    """The facts of a declaration as JSON; FactError names what cannot be read.

    `area` is that of the village of residence (R13), whatever the applicant wrote.
    """
    applicant = declaration["applicant"]
    facts = {
        "case": number,
        "on": on.isoformat(),
        "region": applicant["region"],
        "area": area,
        "setting": declaration.get("setting") or "dispersed",
        "members": [_member(m) for m in declaration["members"]],
        "property": copy.deepcopy(declaration["property"]),
        "permit": applicant.get("permit"),
        "event": declaration.get("event"),
    }
    return facts_to_json(parse_household(facts))


def _member(member: Json) -> dict[str, Any]:
    number = member["id_number"]
    own = {"name": member["name"], "born": birth_date(number).isoformat(), "sex": sex(number)}
    return own | {field: copy.deepcopy(member.get(field)) for field in TAKEN}


def adopt(facts: Json, path: str, value: Any) -> dict[str, Any]:
    """The facts with one value replaced; FactError when the path or the value does not fit.

    A path is like `members[1].income` or `property.vehicles`, as the case page shows it. Who
    the members are is not a value: KeyError.
    """
    changed: dict[str, Any] = copy.deepcopy(dict(facts))
    holder: Any = changed
    *above, last = path.replace("[", ".").replace("]", "").split(".")
    for step in above:
        holder = holder[int(step)] if step.isdigit() else holder[step]
    if last not in holder:
        raise KeyError(path)
    holder[last] = value
    if _identities(changed) != _identities(facts):
        raise KeyError(path)
    return facts_to_json(parse_household(changed))


def _identities(facts: Json) -> list[tuple[str, ...]]:
    """Whose facts they are, in order: what somebody is paid for hangs on it."""
    head = (facts["case"], facts["on"], facts["region"], facts["area"])
    return [head, *((m["name"], m["born"], m["sex"]) for m in facts["members"])]


def household_facts(facts: Json, on: dt.date) -> HouseholdFacts:
    """The facts as the rules read them, on a day."""
    return parse_household(dict(facts), on)
