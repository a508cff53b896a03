"""核算台: both ways of counting side by side, every finding, every step with its clause."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from doudi.desk.side import clause_words, reason_words
from doudi.kernel.money import plain_fen, yuan_text
from doudi.policy.assess import Assessment
from doudi.policy.wording import confidence_name, outcome_name, programme_name

COMPARED = (
    "persons",
    "gross_income",
    "deductions",
    "net_income",
    "dibao_line",
    "base_amount",
    "top_ups",
    "dibao_amount",
)
UNSURE = ("derived", "assumed")
WEIGHTS = "income.counted."
AGES = ("_below", "_from")
UNITS = {
    "yuan": _lazy("元"),
    "yuan a month": _lazy("元/月"),
    "yuan a year": _lazy("元/年"),
    "years": _lazy("年"),
    "months": _lazy("个月"),
    "standards": _lazy("倍标准"),
    "vehicles": _lazy("辆"),
    "homes": _lazy("套"),
    "companies": _lazy("家"),
    "machines": _lazy("台"),
}


def findings_of(proposal: Assessment) -> list[dict[str, Any]]:
    """Every programme with outcome, amount, reasons, and whether it is recommended."""
    language = get_language() or "zh"
    found = proposal.to_json(explain=True)
    return [
        {
            "programme": f["programme"],
            "name": programme_name(f["programme"], language),
            "outcome": f["outcome"],
            "word": outcome_name(f["outcome"], language),
            "persons": f["persons"],
            "monthly": _fen(f["monthly_yuan"]),
            "one_off": _fen(f["one_off_yuan"]),
            "reasons": [reason_words(r) for r in f["reasons"]],
            "recommended": f["programme"] == found["recommended"],
        }
        for f in found["findings"]
    ]


def _fen(text: str | None) -> int | None:
    return plain_fen(text) if text else None


def side_by_side(with_: Assessment, without: Assessment) -> list[dict[str, str]]:
    """The household's quantities with and without the rigid-expense deduction."""
    left, right = _household_steps(with_), _household_steps(without)
    return [
        {
            "label": label_of(left[name]),
            "with": value_of(left[name]),
            "without": value_of(right[name]),
            "differs": left[name]["value"] != right[name]["value"],
        }
        for name in COMPARED
        if name in left and name in right
    ]


def _household_steps(proposal: Assessment) -> dict[str, dict[str, Any]]:
    found = proposal.to_json(explain=True)["findings"]
    dibao = next(f for f in found if f["programme"] == "dibao")
    return {s["name"]: s for s in dibao["steps"] if not s["person"]}


def label_of(step: Mapping[str, Any]) -> str:
    """The step's name in the page's language."""
    return str(step["label_en"] if (get_language() or "").startswith("en") else step["label"])


def value_of(step: Mapping[str, Any]) -> str:
    """1,670.00 for money; yes and no and outcomes in words; counts as they are."""
    unit, value = str(step["unit"]), str(step["value"])
    if unit.startswith("yuan"):
        return yuan_text(plain_fen(value))
    if unit == "yes or no":
        return _("是") if value == "1" else _("否")
    if unit == "outcome" or step["name"].endswith("_outcome"):
        return outcome_name(
            ("ineligible", "review", "eligible")[int(value)], get_language() or "zh"
        )
    return value


def steps_of(proposal: Assessment, programme: str) -> list[dict[str, Any]]:
    """Every step of a programme: label, person, value, and the parameters it used."""
    found = proposal.to_json(explain=True)["findings"]
    finding = next((f for f in found if f["programme"] == programme), None)
    return [
        {
            "label": label_of(step),
            "person": step["person"],
            "value": value_of(step),
            "parameters": [_parameter(p) for p in step["parameters"]],
        }
        for step in (finding["steps"] if finding else ())
    ]


def parameters_of(proposal: Assessment, programme: str) -> list[dict[str, Any]]:
    """Each parameter of a programme once: value, since, clause, confidence."""
    found = proposal.to_json(explain=True)["findings"]
    finding = next((f for f in found if f["programme"] == programme), None)
    every = (p for step in (finding["steps"] if finding else ()) for p in step["parameters"])
    return list(_once(every))


def _once(parameters: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    seen: set[str] = set()
    for parameter in parameters:
        if parameter["key"] not in seen:
            seen.add(parameter["key"])
            yield _parameter(parameter) | {"is_weight": parameter["key"].startswith(WEIGHTS)}


def _spoken(parameter: Mapping[str, Any]) -> str:
    """3000 basis points → 30%; a weight as 计入 or 不计入; anything else with its unit."""
    value, unit = str(parameter["value"]), str(parameter["unit"])
    if unit == "years" and parameter["key"].endswith(AGES):
        return f"{value} {_('周岁')}"
    if unit == "basis points":
        return "、".join(f"{int(v) / 100:g}%" for v in value.split(", "))
    if unit == "counts":
        return _("计入") if value == "1" else _("不计入")
    return f"{value} {UNITS.get(unit, '')}".strip()


def _parameter(parameter: Mapping[str, Any]) -> dict[str, Any]:
    language = get_language() or "zh"
    return {
        "label": parameter["label_en" if language.startswith("en") else "label"],
        "value": _spoken(parameter),
        "since": parameter["since"],
        "clause": clause_words(parameter["document"], parameter["article"]),
        "confidence": confidence_name(parameter["confidence"], language),
        "is_unsure": parameter["confidence"] in UNSURE,
    }
