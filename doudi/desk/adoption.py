"""From a difference to the value that would count: what an officer adopts with one reason."""

import re
from collections.abc import Mapping
from typing import Any

from doudi.kernel.errors import NotFound

SUM = re.compile(r"(members\[(\d{1,2})\]\.(income|expenses))\.(\w+)")
CERTIFICATE = re.compile(r"members\[\d{1,2}\]\.disability")
PENSIONS = ("pension", "basic_pension_central")


def adoptable(path: str) -> bool:
    """Sums and certificates can be taken over; counted things need a visit."""
    return bool(SUM.fullmatch(path) or CERTIFICATE.fullmatch(path))


def adopted(facts: Mapping[str, Any], path: str, found: str) -> tuple[str, Any]:
    """The path and value for adopt_fact(); NotFound for a path that cannot be adopted."""
    if CERTIFICATE.fullmatch(path):
        return path, _certificate(found)
    match = SUM.fullmatch(path)
    if match is None:
        raise NotFound
    target, place, field, kind = match.groups()
    members = facts["members"]
    if int(place) >= len(members):
        raise NotFound
    return target, _replaced(members[int(place)][field], kind, found)


def _certificate(found: str) -> dict[str, Any] | None:
    kind, _, grade = found.partition(" ")
    return {"kind": kind, "grade": int(grade)} if grade.isdigit() else None


def _replaced(items: list[dict[str, str]], kind: str, found: str) -> list[dict[str, str]]:
    """The list with everything of the kind replaced by the found sum."""
    same = PENSIONS if kind == "pension" else (kind,)
    kept = [dict(item) for item in items if item["kind"] not in same]
    return [*kept, {"kind": kind, "yuan": found}] if found not in ("", "0.00") else kept
