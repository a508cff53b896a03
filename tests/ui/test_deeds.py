"""Whatever is written into the journal has words: no auditor reads a program's own names."""

import ast

import pytest

from doudi.benefits.models import CHANGE_NAMES
from doudi.cases import flow as case_flow
from doudi.redress import flow as redress_flow
from doudi.ui.deeds import DEEDS
from doudi.urgent import flow as urgent_flow
from tests.ui.sources import ROOT

WRITERS = {
    "write", "_write", "write_both", "note", "_note", "note_stop",
    "_journal", "_done", "_told", "_goes_on", "looked", "_looked",
}  # fmt: skip


def _named(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _written(text: str) -> set[str]:
    """The first literal deeds in calls of the journal's writers."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    words = {
        word.value
        for call in calls
        if _named(call) in WRITERS
        for word in call.args[:2]
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    }
    return {w for w in words if w.count(".") == 1 and w.replace(".", "").replace("_", "").isalpha()}


FILES = sorted(p for p in (ROOT / "doudi").rglob("*.py") if "migrations" not in p.parts)


@pytest.fixture(scope="module")
def written():
    return set().union(*(_written(p.read_text()) for p in FILES))


def test_the_journal_is_found_where_it_is_written(written):
    assert len(written) > 200


def test_every_deed_that_is_written_has_its_words(written):
    assert sorted(written - set(DEEDS)) == []


def test_what_a_flow_names_has_its_words_too():
    named = {
        *(f"case.{move}" for move in case_flow.MOVES),
        *(f"urgent.{move}" for move in urgent_flow.MOVES),
        *(f"change.{outcome}" for outcome in redress_flow.OUTCOMES),
        *(f"award.{what}" for what in CHANGE_NAMES),
        *("award.recovery_agreed", "award.recovery_waived"),
    }

    assert sorted(named - set(DEEDS)) == []
