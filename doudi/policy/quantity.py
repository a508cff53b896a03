"""The operators formulas may use; the same on whole numbers and on NumPy columns.

Formulas never write `if` or `~` on a value: what a helper does not offer, a formula does not need.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Number = Any  # a whole number, a NumPy column of them or an expression
Truth = Any  # a truth value, a NumPy column of them or an expression


class Expression(ABC):
    """A value that an engine will compute later; it brings the usual operators with it."""

    @abstractmethod
    def choose(self, when_true: Any, when_false: Any) -> "Expression":
        """One of two values."""

    @abstractmethod
    def least(self, other: Any) -> "Expression":
        """The smaller."""

    @abstractmethod
    def most(self, other: Any) -> "Expression":
        """The larger."""


class Members(ABC):
    """A quantity of all members that an engine will sum up later."""

    @abstractmethod
    def total(self) -> Expression:
        """The sum over the members of a household."""

    @abstractmethod
    def anybody(self) -> Expression:
        """Whether it holds for any member."""


@dataclass(frozen=True)
class MemberColumn:
    """Values of all members, sorted by household; `starts` is where each household begins."""

    values: Any
    starts: Any


def choose(condition: Truth, when_true: Number, when_false: Number) -> Number:
    """One of two values; both were computed already."""
    if isinstance(condition, np.ndarray):
        return np.where(condition, when_true, when_false)
    if isinstance(condition, Expression):
        return condition.choose(when_true, when_false)
    return when_true if condition else when_false


def not_(value: Truth) -> Truth:
    """The opposite; `~` would make -2 of True."""
    return value == 0


def least(a: Number, b: Number) -> Number:
    """The smaller."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return np.minimum(a, b)
    if isinstance(a, Expression):
        return a.least(b)
    if isinstance(b, Expression):
        return b.least(a)
    return min(a, b)


def most(a: Number, b: Number) -> Number:
    """The larger."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return np.maximum(a, b)
    if isinstance(a, Expression):
        return a.most(b)
    if isinstance(b, Expression):
        return b.most(a)
    return max(a, b)


def share(amount: Number, basis_points: int) -> Number:
    """So many ten-thousandths of a non-negative amount, down to the fen."""
    return amount * basis_points // 10_000


def ceil_to(amount: Number, step: int) -> Number:
    """Up to the next multiple of `step`; `amount` is not negative."""
    return (amount + step - 1) // step * step


def one_of(code: Number, codes: Sequence[int]) -> Truth:
    """Whether a code is among some."""
    found = code == codes[0]
    for other in codes[1:]:
        found = found | (code == other)
    return found


def lowest_band(bands: Sequence[int], heads: Number, needed: Number) -> Number:
    """The lowest band whose sum over `heads` is not below `needed`, else the highest (first)."""
    band = bands[0]
    for lower in bands[1:]:
        band = choose(lower * heads >= needed, lower, band)
    return band


def total_of_kinds(by_kind: Any, weights: Sequence[int]) -> Number:
    """The sum over the kinds whose weight is 1; the others have 0."""
    return sum(value for value, weight in zip(by_kind, weights, strict=True) if weight)


def _over(values: Any, reduce_column: Callable[..., Any], reduce_list: Callable[..., Any]) -> Any:
    if isinstance(values, MemberColumn):
        return reduce_column(values.values, values.starts)
    return reduce_list(values)


def total_over_members(values: Any) -> Number:
    """The sum over the members of each household."""
    if isinstance(values, Members):
        return values.total()
    return _over(values, lambda v, s: np.add.reduceat(v.astype(np.int64), s), sum)


def any_member(values: Any) -> Truth:
    """Whether it holds for any member of the household."""
    if isinstance(values, Members):
        return values.anybody()
    return _over(values, np.logical_or.reduceat, any)
