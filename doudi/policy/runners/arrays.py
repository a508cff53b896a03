"""Many households: the same formulas on NumPy columns, members sorted by household.

For simulation and for checks; one household with its explanation is one_household.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from doudi.policy import codes
from doudi.policy.book import Book
from doudi.policy.facts import HouseholdFacts
from doudi.policy.formula import MEMBER, Formula
from doudi.policy.graph import GRAPH, HOUSEHOLD_INPUTS, MEMBER_INPUTS, parameter_key
from doudi.policy.inputs import household_inputs, member_inputs
from doudi.policy.quantity import MemberColumn
from doudi.policy.runners.one_household import runnable

Array = np.ndarray[Any, np.dtype[Any]]
CHUNK = 20_000  # households at a time: their columns stay in the processor's cache
RESULTS = (
    "tekun_outcome",
    "tekun_total",
    "dibao_outcome",
    "dibao_amount",
    "dibao_with_difference",
    "single_outcome",
    "single_total",
    "borderline_outcome",
    "expense_hardship_outcome",
    "temporary_outcome",
    "temporary_amount",
    "orphan_outcome",
    "orphan_total",
    "unsupported_child_outcome",
    "unsupported_child_total",
    "railway_militia_outcome",
    "railway_militia_total",
)


@dataclass(frozen=True)
class Columns:
    """The inputs of graph.py by name: one value a household, one a member.

    `sizes` says how many members each household has (at least one); `income_by_kind` is a tuple
    of columns, one for each kind of income. A plain number holds for everybody.
    """

    household: dict[str, Any]
    member: dict[str, Any]
    sizes: Array


def columns_of(households: Sequence[HouseholdFacts], books: Sequence[Book]) -> Columns:
    """Columns from facts, each household under its own book; all deductions on."""
    rows = [household_inputs(f, b, True) for f, b in zip(households, books, strict=True)]
    people = [member_inputs(m, f) for f in households for m in f.members]
    plain = (name for name in MEMBER_INPUTS if name != "income_by_kind")
    member: dict[str, Any] = {name: np.array([p[name] for p in people]) for name in plain}
    kinds = range(len(codes.INCOMES))
    incomes = (np.array([p["income_by_kind"][kind] for p in people]) for kind in kinds)
    member["income_by_kind"] = tuple(incomes)
    household = {name: np.array([row[name] for row in rows]) for name in HOUSEHOLD_INPUTS}
    return Columns(household, member, np.array([len(f.members) for f in households]))


def run(
    columns: Columns, books: Sequence[Book], book_of: Array, keep: Sequence[str] = RESULTS
) -> dict[str, Array]:
    """Quantity → one value a household; `book_of` is each household's place in `books`.

    The books are of one day, of several counties and areas. A quantity of a programme that does
    not exist on that day is left out.
    """
    formulas = needed(books, keep)
    names = {f.name for f in formulas}
    pieces: dict[str, list[Array]] = {name: [] for name in keep if name in names}
    for part, part_of in _chunks(columns, book_of):
        values = _work(part, formulas, _parameters(formulas, books, part_of))
        for name, found in pieces.items():
            found.append(np.broadcast_to(values[name], part.sizes.shape))
    return {name: np.concatenate(found) for name, found in pieces.items()}


def needed(books: Sequence[Book], keep: Sequence[str]) -> list[Formula]:
    """The formulas behind `keep` that hold under the books; ValueError for books of two days."""
    if len({book.on for book in books}) != 1:
        raise ValueError("all books must be of one day")
    exists = set(runnable(books[0]))
    return [f for f in GRAPH.needed_for(keep) if f in exists]


def _chunks(columns: Columns, book_of: Array) -> Iterator[tuple[Columns, Array]]:
    ends = np.concatenate(([0], np.cumsum(columns.sizes)))
    for first in range(0, len(columns.sizes), CHUNK):
        last = min(first + CHUNK, len(columns.sizes))
        ours, theirs = slice(first, last), slice(ends[first], ends[last])
        household = {name: _cut(value, ours) for name, value in columns.household.items()}
        member = {name: _cut(value, theirs) for name, value in columns.member.items()}
        yield Columns(household, member, columns.sizes[ours]), book_of[ours]


def _cut(value: Any, part: slice) -> Any:
    if isinstance(value, tuple):
        return tuple(_cut(column, part) for column in value)
    return value[part] if isinstance(value, np.ndarray) else value


def _parameters(
    formulas: Sequence[Formula], books: Sequence[Book], book_of: Array
) -> dict[str, Any]:
    """Argument → a plain value where all books agree, else a column over the households."""
    keys = {a: key for f in formulas for a in f.arguments if (key := parameter_key(a))}
    return {a: _agreed([book.value(key) for book in books], book_of) for a, key in keys.items()}


def _agreed(values: list[Any], book_of: Array) -> Any:
    if all(value == values[0] for value in values):
        return values[0]
    if isinstance(values[0], tuple):
        return tuple(np.array(place)[book_of] for place in zip(*values, strict=True))
    return np.array(values)[book_of]


def _work(
    columns: Columns, formulas: Sequence[Formula], parameters: dict[str, Any]
) -> dict[str, Any]:
    """Runs the formulas in order; a quantity crosses between household and member by need."""
    household, member = {**parameters, **columns.household}, dict(columns.member)
    starts = np.concatenate(([0], np.cumsum(columns.sizes)[:-1]))
    people = int(columns.sizes.sum())
    spread: dict[str, Any] = {}
    for formula in formulas:
        name = formula.name
        if formula.level == MEMBER:
            arguments = [
                member[a] if a in member else _spread(a, household, spread, columns.sizes)
                for a in formula.arguments
            ]
            member[name] = formula.function(*arguments)
        else:
            arguments = [
                MemberColumn(np.broadcast_to(member[a], people), starts)
                if a in member
                else household[a]
                for a in formula.arguments
            ]
            household[name] = formula.function(*arguments)
    return household


def _spread(name: str, household: dict[str, Any], done: dict[str, Any], sizes: Array) -> Any:
    """A household's value for each of its members."""
    if name not in done:
        done[name] = _repeated(household[name], sizes)
    return done[name]


def _repeated(value: Any, sizes: Array) -> Any:
    if isinstance(value, tuple):
        return tuple(_repeated(part, sizes) for part in value)
    return np.repeat(value, sizes) if isinstance(value, np.ndarray) else value
