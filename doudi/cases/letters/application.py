"""F01 社会救助申请表: one sheet for every kind of assistance, exactly as it was declared."""

from collections.abc import Mapping
from typing import Any

from doudi.cases.letters.common import RELATIONS, Data, File, day, office
from doudi.cases.letters.household import (
    EXPENSES,
    HOMES,
    VEHICLES,
    applicant,
    disability,
    health,
    sex_word,
    total,
)
from doudi.clock.time import CHINA
from doudi.kernel.money import parse_yuan
from doudi.kernel.periods import full_years
from doudi.kernel.resident_id import birth_date

# Column of the form -> kinds of income; what no column names is 其他.
COLUMNS = {
    "wage_fen": ("wage",),
    "business_fen": ("business",),
    "property_fen": ("property",),
    "pension_fen": ("pension", "basic_pension_central"),
    "support_fen": ("support",),
    "allowance_fen": (
        "assistance",
        "disability_subsidy",
        "elder_allowance",
        "preferential_compensation",
        "family_planning_award",
    ),
}


def application(file: File) -> Data:
    """What the applicant declared; what was not asked stays empty for the pen."""
    declared = file.declaration
    bank = file.applicant.get("bank") or {}
    return {
        "office": office(file.case),
        "case_number": file.case.number,
        "applied_on": day(file.case.submitted_at),
        "applicant": applicant(file) | {"by_permit": bool(file.applicant.get("permit"))},
        "reason": declared.get("reason", ""),
        "causes": declared.get("causes") or [],
        "bank": {
            "bank": bank.get("bank", ""),
            "holder": bank.get("holder", ""),
            "account": file.account(bank.get("account", "")),
        },
        "helper": _helper(file),
        "members": [_member(file, m) for m in declared["members"]],
        "incomes": [_incomes(m) for m in declared["members"]],
        "expenses": [row for m in declared["members"] for row in _expenses(m)],
        **_property(declared["property"], file.applicant["name"]),
    }


def _helper(file: File) -> Data:
    helper = file.declaration.get("helper") or {}
    return {
        "name": helper.get("name", ""),
        "relation": helper.get("relation", ""),
        "phone": file.phone(helper["phone"]) if helper.get("phone") else "",
    }


def _member(file: File, own: Mapping[str, Any]) -> Data:
    on = file.case.submitted_at.astimezone(CHINA).date()
    return {
        "name": own["name"],
        "relation": RELATIONS.get(own["relation"], own["relation"]),
        "sex": sex_word(own["id_number"]),
        "age": full_years(birth_date(own["id_number"]), on),
        "id_number": file.id_number(own["id_number"]),
        "health": health(own, own),
        "disability": disability(own),
        "employment": "在校" if own["student"] != "none" else "在业" if own["employed"] else "无业",
        "employer": own.get("school", ""),
        "income_fen": total(own["income"]),
        "lives_here": "是",
    }


def _incomes(own: Mapping[str, Any]) -> Data:
    columns = {name: total(own["income"], kinds) for name, kinds in COLUMNS.items()}
    whole = total(own["income"])
    return {
        "name": own["name"],
        **columns,
        "other_fen": whole - sum(columns.values()),
        "total_fen": whole,
        "month_fen": whole // 12,
    }


def _expenses(own: Mapping[str, Any]) -> list[Data]:
    return [
        {
            "name": own["name"],
            "kind": EXPENSES.get(spent["kind"], spent["kind"]),
            "period": "申请前12个月",
            "own_fen": parse_yuan(spent["yuan"]),
        }
        for spent in own["expenses"]
    ]


def _property(owned: Mapping[str, Any], owner: str) -> Data:
    return {
        "homes": [
            {
                "owner": owner,
                "square_metres": home.get("square_metres", ""),
                "kind": HOMES.get(home["kind"], home["kind"]),
            }
            for home in owned["homes"]
        ],
        "vehicles": [
            {"owner": owner, "kind": VEHICLES.get(v["kind"], v["kind"])} for v in owned["vehicles"]
        ],
        "savings": [
            {"owner": owner, "kind": "存款等", "amount_fen": parse_yuan(owned["money_yuan"])}
        ],
        "property": {
            "machines": f"{len(owned['machines'])}台" if owned["machines"] else "无",
            "shares": f"{len(owned['companies'])}项" if owned["companies"] else "无",
        },
    }
