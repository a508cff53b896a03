"""F17 复核表: the household as it was decided on beside what was found now; differences marked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.cases.queries import case_by_id, chosen_finding, newest_assessment
from doudi.kernel.errors import NotFound
from doudi.kernel.money import plain_fen, yuan_text

Json = dict[str, Any]
ROWS = (
    ("people", _("共同生活人口"), False),
    ("income_fen", _("全户年收入（元）"), True),
    ("expenses_fen", _("刚性支出（元/年）"), True),
    ("net_fen", _("核定年收入（元）"), True),
    ("monthly_fen", _("月保障金（元）"), True),
)
STEPS = {"income_fen": "gross_income", "expenses_fen": "deductions", "net_fen": "net_income"}


def figures_then(award: Any) -> Json:
    """What the decision rested on; of a taken-over award only what came with it."""
    told: Json = {"people": award.household_size, "monthly_fen": award.monthly_fen}
    if award.case_id is None:
        return told
    try:
        finding = chosen_finding(newest_assessment(case_by_id(award.case_id)))
    except NotFound:
        return told
    steps = {s["name"]: s["value"] for s in (finding or {"steps": []})["steps"] if not s["person"]}
    return told | {key: plain_fen(steps[name]) for key, name in STEPS.items() if name in steps}


def side_by_side(then: Json, now: Json) -> list[Json]:
    """One row a figure that is known of either time; `differs` where both are and do not agree."""
    if now.get("income_fen") is not None and "net_fen" not in now:
        now = now | {"net_fen": max(0, now["income_fen"] - now.get("expenses_fen", 0))}
    return [
        {
            "label": label,
            "then": _said(then.get(key), money),
            "now": _said(now.get(key), money),
            "differs": None not in (then.get(key), now.get(key)) and then[key] != now[key],
        }
        for key, label, money in ROWS
        if key in then or key in now
    ]


def _said(value: Any, money: bool) -> str:
    if value is None:
        return "—"
    return yuan_text(value) if money else str(value)


STEP_WORDS = {
    "gross_income": _("全户年收入（元）"),
    "deductions": _("刚性支出（元/年）"),
    "net_income": _("核定年收入（元）"),
    "base_amount": _("基本保障金（元/月）"),
    "top_ups": _("分类施保金（元/月）"),
    "monthly": _("月保障金（元）"),
}


def under_both(books: Any) -> list[Json]:
    """The rows of the table under two books, with their words; nothing without books."""
    if books is None:
        return []
    return [
        {
            "label": STEP_WORDS[name],
            "sides": [_said(value, money=True) for value in values],
            "differs": len({v for v in values if v is not None}) > 1,
        }
        for name, *values in books.rows()
    ]
