"""What makes a function a formula: whether it speaks of a member or a household, label and unit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MEMBER, HOUSEHOLD = "member", "household"


@dataclass(frozen=True)
class Formula:
    """A named quantity. Its arguments are quantities; those with `__` are parameters of the law."""

    name: str
    level: str
    label: str
    label_en: str
    unit: str
    function: Callable[..., Any]
    arguments: tuple[str, ...]


def _make(level: str, label: str, label_en: str, unit: str) -> Callable[..., Formula]:
    def wrap(function: Callable[..., Any]) -> Formula:
        code = function.__code__
        arguments = code.co_varnames[: code.co_argcount]
        return Formula(function.__name__, level, label, label_en, unit, function, arguments)

    return wrap


def member(label: str, label_en: str, unit: str = "") -> Callable[..., Formula]:
    """A quantity that each member has."""
    return _make(MEMBER, label, label_en, unit)


def household(label: str, label_en: str, unit: str = "") -> Callable[..., Formula]:
    """A quantity of the household as a whole."""
    return _make(HOUSEHOLD, label, label_en, unit)
