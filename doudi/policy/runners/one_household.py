"""One household: every quantity, and, when asked, how each came about."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from doudi.policy.book import Book
from doudi.policy.facts import HouseholdFacts
from doudi.policy.formula import HOUSEHOLD, MEMBER, Formula
from doudi.policy.graph import GRAPH, SINCE_2025, parameter_key
from doudi.policy.inputs import household_inputs, member_inputs

Values = dict[str, Any]


class Told(NamedTuple):
    """What an explanation says of a formula, whatever the household."""

    name: str
    label: str
    label_en: str
    unit: str
    inputs: tuple[str, ...]
    parameters: tuple[str, ...]


class Step(NamedTuple):
    """One line of an explanation; `person` is empty for the household."""

    told: Told
    person: str
    value: int


@dataclass(frozen=True)
class Move:
    """One formula ready to run. `shared`: members' for households, or the reverse."""

    told: Told
    of_member: bool
    function: Callable[..., Any]
    values: Callable[[Values], tuple[Any, ...]]
    shared: bool


@dataclass(frozen=True)
class Plan:
    """The formulas that hold under a book, in order, with its parameters at hand."""

    book: Book
    parameters: Values
    moves: tuple[Move, ...]
    programmes: dict[tuple[str, ...], tuple[Move, ...]]


class _Plans:
    """Plans by book: a process uses a few books again and again."""

    most = 500

    def __init__(self) -> None:
        self.by_book: dict[int, Plan] = {}

    def of(self, book: Book) -> Plan:
        """The plan of a book, made at its first use."""
        plan = self.by_book.get(id(book))
        if plan is None or plan.book is not book:
            if len(self.by_book) >= self.most:
                self.by_book.clear()
            plan = self.by_book[id(book)] = _make_plan(book)
        return plan


PLANS = _Plans()


def runnable(book: Book) -> list[Formula]:
    """The formulas of the programmes that exist on the book's day."""
    exists = "expense_hardship.share" in book.values
    return [f for f in GRAPH.formulas if exists or f.name not in SINCE_2025]


def _make_plan(book: Book) -> Plan:
    formulas = runnable(book)
    crossing = {
        argument
        for formula in formulas
        for argument in formula.arguments
        if GRAPH.level.get(argument, formula.level) != formula.level
    }
    keys = {a: parameter_key(a) for f in formulas for a in f.arguments if parameter_key(a)}
    parameters = {argument: book.value(key) for argument, key in keys.items() if key}
    moves = tuple(
        Move(_told(f), f.level == MEMBER, f.function, _getter(f.arguments), f.name in crossing)
        for f in formulas
    )
    return Plan(book, parameters, moves, {})


def _told(f: Formula) -> Told:
    inputs = tuple(a for a in f.arguments if parameter_key(a) is None)
    keys = tuple(key for a in f.arguments if (key := parameter_key(a)))
    return Told(f.name, f.label, f.label_en, f.unit, inputs, keys)


def _getter(names: tuple[str, ...]) -> Callable[[Values], tuple[Any, ...]]:
    """itemgetter that gives a tuple for one name too."""
    if len(names) == 1:
        name = names[0]
        return lambda values: (values[name],)
    return itemgetter(*names)


@dataclass(frozen=True)
class Worked:
    """All quantities: of the household by name, of each member by name in order."""

    household: Values
    members: list[Values]


def work(facts: HouseholdFacts, book: Book, *, deduct: bool = True) -> Worked:
    """Computes every quantity of one household under a book."""
    plan = PLANS.of(book)
    household = plan.parameters | household_inputs(facts, book, deduct)
    shared = plan.parameters | _for_members(household)
    members = [shared | member_inputs(m, facts) for m in facts.members]
    for move in plan.moves:
        name, function, values = move.told.name, move.function, move.values
        if move.of_member:
            for own in members:
                own[name] = function(*values(own))
            if move.shared:
                household[name] = [own[name] for own in members]
        else:
            household[name] = value = function(*values(household))
            if move.shared:
                for own in members:
                    own[name] = value
    return Worked(household, members)


MEMBER_FORMULA_INPUTS = tuple(
    {
        argument
        for formula in GRAPH.formulas
        if formula.level == MEMBER
        for argument in formula.arguments
        if GRAPH.level.get(argument) == HOUSEHOLD
    }
)


def _for_members(household: Values) -> Values:
    """The household's inputs that members' formulas ask for."""
    return {name: household[name] for name in MEMBER_FORMULA_INPUTS if name in household}


def steps_behind(
    facts: HouseholdFacts, book: Book, worked: Worked, ends: tuple[str, ...]
) -> tuple[Step, ...]:
    """The steps behind some quantities, in the order in which they were computed."""
    plan = PLANS.of(book)
    moves = plan.programmes.get(ends)
    if moves is None:
        names = {f.name for f in GRAPH.needed_for(ends)}
        moves = tuple(m for m in plan.moves if m.told.name in names)
        plan.programmes[ends] = moves
    names_of = facts.names
    steps: list[Step] = []
    for move in moves:
        told = move.told
        name = told.name
        if move.of_member:
            steps += [
                Step(told, who, int(own[name]))
                for who, own in zip(names_of, worked.members, strict=True)
            ]
        else:
            steps.append(Step(told, "", int(worked.household[name])))
    return tuple(steps)
