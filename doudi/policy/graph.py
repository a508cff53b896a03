"""Which formula needs which: gathered from the rule files, checked, put in an order once."""

from collections.abc import Iterable
from dataclasses import dataclass

from doudi.policy.formula import HOUSEHOLD, MEMBER, Formula
from doudi.policy.rules import (
    borderline,
    care_level,
    deductions,
    dibao,
    expense_hardship,
    income,
    membership,
    property,
    single_person,
    special_groups,
    tekun,
    temporary_aid,
    vulnerability,
)

RULES = (
    membership,
    vulnerability,
    income,
    deductions,
    property,
    dibao,
    single_person,
    borderline,
    care_level,
    tekun,
    expense_hardship,
    temporary_aid,
    special_groups,
)
MEMBER_INPUTS = (
    "age",
    "excluded",
    "disability_kind",
    "disability_grade",
    "serious_illness",
    "employed",
    "supporter",
    "special",
    "self_care_failed",
    "income_by_kind",
    "income_wage",
    "expense_medical_own",
    "expense_rehabilitation_own",
    "expense_tuition",
    "expense_boarding",
    "expense_work_cost",
)
HOUSEHOLD_INPUTS = (
    "area_urban",
    "residential",
    "deduct",
    "money_assets",
    "vehicles_counted",
    "homes_counted",
    "companies_count",
    "machines_count",
    "event_kind",
    "event_repeated",
    "event_own_cost",
    "event_persons",
    "event_months",
)
# A programme that does not exist yet has no parameters and no finding.
SINCE_2025 = frozenset({"heavy_expenses", "expense_hardship_outcome"})


class GraphError(ValueError):
    """The formulas do not fit together; the message names where."""


def parameter_key(argument: str) -> str | None:
    """`dibao__standard` → `dibao.standard`; None for a quantity."""
    return argument.replace("__", ".") if "__" in argument else None


@dataclass(frozen=True)
class Graph:
    """All formulas in an order in which each finds what it needs."""

    formulas: tuple[Formula, ...]
    level: dict[str, str]

    def needed_for(self, names: Iterable[str]) -> list[Formula]:
        """The formulas behind some quantities, in order."""
        wanted = set(names)
        for formula in reversed(self.formulas):
            if formula.name in wanted:
                wanted.update(formula.arguments)
        return [f for f in self.formulas if f.name in wanted]


def build() -> Graph:
    """Gathers and orders; GraphError for an unknown argument, a double name or a loop."""
    found: dict[str, Formula] = {}
    for module in RULES:
        for thing in vars(module).values():
            if isinstance(thing, Formula):
                if thing.name in found and found[thing.name] is not thing:
                    raise GraphError(f"two formulas are called {thing.name}")
                found[thing.name] = thing
    level = dict.fromkeys(MEMBER_INPUTS, MEMBER) | dict.fromkeys(HOUSEHOLD_INPUTS, HOUSEHOLD)
    level |= {f.name: f.level for f in found.values()}
    order: dict[str, Formula] = {}
    for name in found:
        _place(name, found, level, order, ())
    return Graph(tuple(order.values()), level)


def _place(
    name: str,
    found: dict[str, Formula],
    level: dict[str, str],
    order: dict[str, Formula],
    above: tuple[str, ...],
) -> None:
    if name in above:
        raise GraphError(f"a loop: {' -> '.join((*above, name))}")
    if name in order or name not in found:
        return
    for argument in found[name].arguments:
        if parameter_key(argument) is None and argument not in level:
            raise GraphError(f"{name} needs {argument}, which nothing gives")
        _place(argument, found, level, order, (*above, name))
    order[name] = found[name]


GRAPH = build()
