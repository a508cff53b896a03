"""What F09 asks of the applicant himself: 身份类别, 身体状况, 住房情况, from the adopted facts.

What the facts do not hold (whether laid off, storeyed or flat) stays empty for the pen.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from doudi.cases.letters.common import Data

OWN = {"owned", "rural_homestead", "derelict"}
BY_INCOME = (("preferential_compensation", "veteran"), ("pension", "retired"))


def standing(facts: Data, found: Mapping[str, Data], covered: Sequence[str]) -> Data:
    """Ticks for the applicant, who stands first among the members."""
    own = facts["members"][0]
    alone = bool(found.get("tekun", {}).get("outcome") == "eligible" and own["name"] in covered)
    return {
        "standing": _standing(own, alone),
        "body": _body(own, alone),
        "home": _home(facts["property"]["homes"]),
    }


def _standing(own: Mapping[str, Any], alone: bool) -> str:
    kinds = {i["kind"] for i in own["income"]}
    known = next((word for kind, word in BY_INCOME if kind in kinds), "")
    if known:
        return known
    if own["employed"]:
        return "employed"
    if own["student"] != "none":
        return "student"
    return "without" if alone else ""


def _body(own: Mapping[str, Any], alone: bool) -> list[str]:
    kind = (own["disability"] or {}).get("kind", "")
    marks = (
        ("mental", kind == "mental"),
        ("disabled", bool(kind) and kind != "mental"),
        ("alone", alone),
        ("ill", own["serious_illness"]),
    )
    return [word for word, true in marks if true]


def _home(homes: Sequence[Mapping[str, Any]]) -> str:
    kinds = {home["kind"] for home in homes}
    if kinds & OWN:
        return "own"
    return "rented" if kinds else "none"
