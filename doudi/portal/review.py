"""The declaration looked over before signing: what is missing and where, and what was said."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from doudi.cases.figures import problems
from doudi.cases.queries import cases_naming
from doudi.kernel.money import parse_yuan
from doudi.portal import choices
from doudi.portal import declaration as shape
from doudi.regions import queries as regions
from doudi.ui.words import said
from doudi.vault.masking import mask_account, mask_id, mask_name


@dataclass(frozen=True)
class Problem:
    """Something to mend, and the page where."""

    sentence: str
    address: str


def problems_of(
    declaration: Mapping[str, Any], on: dt.date, *, demo: bool, alone: bool = True
) -> list[Problem]:
    """Everything that stands in the way of submitting; at a window nobody is `alone`."""
    found = problems(declaration, on, demo=demo, alone=alone)
    own = {k for k in found if k.startswith("members[0]")}
    return [Problem(said(found[k]), _where(k)) for k in found if k not in own or len(found) == 1]


def already(phone_index: str, declaration: Mapping[str, Any]) -> list[Any]:
    """The own cases, open or confirmed, that name one of these people: asked for once is enough.

    Of another phone's cases nothing is said: who types a stranger's number learns nothing.
    """
    numbers = [m["id_number"] for m in declaration["members"] if m.get("id_number")]
    return [c for c in cases_naming(numbers) if c.application.phone_index == phone_index]


def _where(path: str) -> str:
    step = 2 if path.startswith(("applicant", "members[0]")) else 5
    return reverse("portal:apply_step", args=[3 if re.match("members", path) else step])


def summary(declaration: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    """The declaration in a few lines, masked."""
    person, owned = declaration["applicant"], declaration["property"]
    members = declaration["members"]
    region, bank = person["region"], person.get("bank") or {}
    causes = dict(choices.CAUSES)
    return {
        "name": mask_name(person["name"]),
        "id_number": mask_id(person["id_number"]),
        "place": (regions.path_name(region) if region else "") + person["address"],
        "members": [
            (mask_name(m["name"]), dict(choices.RELATIONS).get(m["relation"]), shape.age(m, on))
            for m in members
        ],
        "income": sum(shape.total_fen(m["income"]) for m in members),
        "expense": sum(shape.total_fen(m["expenses"]) for m in members),
        "money": parse_yuan(owned["money_yuan"]),
        "causes": [causes[c] for c in declaration["causes"] if c in causes],
        "reason": declaration["reason"],
        "account": mask_account(bank.get("account", "")),
    }
