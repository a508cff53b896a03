"""当时的事实: the household as an assessment read it, and what in it is not as it was declared."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doudi.cases.facts import declared_facts
from doudi.cases.letters.household import EXPENSES, HOMES, INCOMES, VEHICLES, health, total
from doudi.kernel.money import yuan_text
from doudi.vault.masking import mask_name

Json = Mapping[str, Any]
FIELDS = {
    "income": gettext_lazy("收入"),
    "expenses": gettext_lazy("支出"),
    "disability": gettext_lazy("残疾"),
    "serious_illness": gettext_lazy("重病"),
    "student": gettext_lazy("在学"),
    "employed": gettext_lazy("就业"),
    "excluded": gettext_lazy("不计入的情形"),
    "supporter": gettext_lazy("义务人"),
    "self_care_failed": gettext_lazy("自理"),
}


def facts_then(facts: Json, declaration: Json) -> dict[str, Any]:
    """Sums for one line, then a line for each person and one for the property."""
    on = dt.date.fromisoformat(facts["on"])
    before = declared_facts(declaration, facts["case"], facts["area"], on)
    members = facts["members"]
    people = [
        _line(mask_name(now["name"]), _person(now), _moved(now, then))
        for now, then in zip(members, before["members"], strict=True)
    ]
    owned = [_("家庭财产")] if facts["property"] != before["property"] else []
    return {
        "people": len(members),
        "income_fen": sum(total(m["income"]) for m in members),
        "expenses_fen": sum(total(m["expenses"]) for m in members),
        "lines": [*people, _line(_("家庭财产"), _property(facts["property"]), owned)],
    }


def _line(who: str, values: Sequence[str], moved: Sequence[str]) -> dict[str, str]:
    return {"who": who, "values": " · ".join(values) or _("无"), "moved": "、".join(moved)}


def _moved(now: Json, then: Json) -> list[str]:
    return [str(words) for field, words in FIELDS.items() if now[field] != then[field]]


def _person(member: Json) -> list[str]:
    return [
        *_sums(member["income"], INCOMES),
        *_sums(member["expenses"], EXPENSES),
        *([health({}, member)] if member["disability"] or member["serious_illness"] else []),
    ]


def _sums(items: Sequence[Json], words: Mapping[str, str]) -> list[str]:
    sums = [(words[item["kind"]], total([item])) for item in items]
    return [f"{_(kind)} {yuan_text(fen)}" for kind, fen in sums if fen]


def _property(owned: Json) -> list[str]:
    money = owned["money_yuan"]
    return [
        *([f"{_('存款等金融资产')} {yuan_text(total([{'yuan': money}]))}"] if money else []),
        *(_(VEHICLES[each["kind"]]) for each in owned["vehicles"]),
        *(f"{_(HOMES[each['kind']])} {each['square_metres']}㎡" for each in owned["homes"]),
    ]
