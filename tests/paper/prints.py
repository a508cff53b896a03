"""Every form set once empty and once filled; the tests read the same two papers."""

from functools import cache
from typing import Any

from doudi.paper.forms import FORMS
from doudi.paper.typst import render
from tests.paper.reading import Printed, read


def paper(code: str, data: dict[str, Any]) -> Printed:
    """The form as a reader sees it."""
    return read(render(code, data, pack="hanzhong"))


@cache
def filled(code: str) -> Printed:
    """The form with its example, marked as a demonstration."""
    return paper(code, {**FORMS[code].sample, "demo": True})


@cache
def blank(code: str) -> Printed:
    """The empty form of a real office."""
    return paper(code, {"blank": True})
