"""One household: every quantity, and, when asked, how each came about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from doudi.policy.book import Book
from doudi.policy.facts import HouseholdFacts
from doudi.policy.formula import MEMBER, Formula
from doudi.policy.graph import GRAPH, SINCE_2025, parameter_key
from doudi.policy.inputs import household_inputs, member_inputs


@dataclass(frozen=True)
class Plan:
    """The formulas that a book can run, with their parameters looked up once."""

    book: Book
    steps: tuple[tuple[Formula, tuple[tuple[str, bool, Any], ...]], ...]


class _Plans:
    """Plans by book, the few books of a process being used again and again."""

    def __init__(self) -> None:
        self.by_book: dict[int, Plan] = {}

    def of(self, book: Book) -> Plan:
        """The plan of a book, made at its first use."""
        plan = self.by_book.get(id(book))
        if plan is None or plan.book is not book:
            if len(self.by_book) > 200:
                self.by_book.clear()
            plan = self.by_book[id(book)] = _make_plan(book)
        return plan


PLANS = _Plans()


def runnable(book: Book) -> list[Formula]:
    """The formulas that hold on the book's day; only those of later programmes may be absent."""
    return [f for f in GRAPH.formulas if f.name not in SINCE_2025 or _exists(book)]


def _exists(book: Book) -> bool:
    return "expense_hardship.share" in book.values


def _make_plan(book: Book) -> Plan:
    steps = []
    for formula in runnable(book):
        arguments = []
        for argument in formula.arguments:
            key = parameter_key(argument)
            is_member = key is None and GRAPH.level[argument] == MEMBER
            arguments.append((argument, is_member, book.value(key) if key else None))
        steps.append((formula, tuple(arguments)))
    return Plan(book, tuple(steps))


@dataclass(frozen=True)
class Worked:
    """All quantities: of the household by name, of each member by name in order."""

    household: dict[str, Any]
    members: list[dict[str, Any]]


def work(facts: HouseholdFacts, book: Book, *, deduct: bool = True) -> Worked:
    """Computes every quantity of one household under a book."""
    household = household_inputs(facts, book, deduct)
    members = [member_inputs(m, facts) for m in facts.members]
    for formula, arguments in PLANS.of(book).steps:
        if formula.level == MEMBER:
            for own in members:
                own[formula.name] = formula.function(
                    *[
                        value if "__" in name else own[name] if is_member else household[name]
                        for name, is_member, value in arguments
                    ]
                )
        else:
            household[formula.name] = formula.function(
                *[
                    value
                    if "__" in name
                    else [own[name] for own in members]
                    if is_member
                    else household[name]
                    for name, is_member, value in arguments
                ]
            )
    return Worked(household, members)


@dataclass(frozen=True)
class Step:
    """One line of an explanation; `person` is empty for the household."""

    name: str
    label: str
    label_en: str
    person: str
    value: int
    unit: str
    inputs: tuple[str, ...]
    parameters: tuple[str, ...]


def explain(facts: HouseholdFacts, book: Book, worked: Worked, ends: Iterable[str]) -> list[Step]:
    """The steps behind some quantities, in the order in which they were computed."""
    known = {f.name for f, _ in PLANS.of(book).steps}
    steps = []
    for formula in GRAPH.needed_for(ends):
        if formula.name not in known:
            continue
        quantities = tuple(a for a in formula.arguments if "__" not in a)
        keys = tuple(a.replace("__", ".") for a in formula.arguments if "__" in a)
        if formula.level == MEMBER:
            values = [
                (m.name, own[formula.name])
                for m, own in zip(facts.members, worked.members, strict=True)
            ]
        else:
            values = [("", worked.household[formula.name])]
        steps += [
            Step(
                formula.name,
                formula.label,
                formula.label_en,
                person,
                int(value),
                formula.unit,
                quantities,
                keys,
            )
            for person, value in values
        ]
    return steps
