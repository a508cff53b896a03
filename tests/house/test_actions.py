"""The header of every action tells four facts; here they are held against the tables."""

import ast
import re
from pathlib import Path

import pytest

from doudi.accounts.permissions import RIGHTS
from doudi.benefits import events as benefit_events
from doudi.cases import events as case_events
from doudi.cases.flow import MOVES
from doudi.discrepancies import events as discrepancy_events
from doudi.reactions.table import REACTIONS
from doudi.redress import events as redress_events
from doudi.supervision import events as supervision_events
from doudi.upkeep import events as upkeep_events
from doudi.urgent import events as urgent_events

ROOT = Path(__file__).resolve().parents[2]
ACTIONS = sorted(
    p
    for room in (
        "cases",
        "benefits",
        "urgent",
        "redress",
        "mandates",
        "referrals",
        "support",
        "supervision",
        "upkeep",
        "discrepancies",
        "takeover",
        "filing",
        "ledger",
        "departments",
        "province",
    )
    for p in (ROOT / "doudi" / room / "actions").glob("*.py")
    if p.name != "__init__.py"
)
EVENTS = {
    name
    for module in (
        case_events,
        benefit_events,
        urgent_events,
        redress_events,
        supervision_events,
        upkeep_events,
        discrepancy_events,
    )
    for name, thing in vars(module).items()
    if isinstance(thing, type) and thing.__module__ == module.__name__
}


def _header(path: Path) -> dict[str, str]:
    text = ast.get_docstring(ast.parse(path.read_text())) or ""
    return dict(re.findall(r"(Clause|Move|Right|Says):\s*([^\n]+?)(?=\s{2,}|\n|$)", text))


@pytest.mark.parametrize("path", ACTIONS, ids=lambda p: f"{p.parent.parent.name}.{p.stem}")
def test_the_header_of_an_action_tells_four_facts(path):
    header = _header(path)

    assert set(header) == {"Clause", "Move", "Right", "Says"}


@pytest.mark.parametrize("path", ACTIONS, ids=lambda p: f"{p.parent.parent.name}.{p.stem}")
def test_the_right_in_the_header_is_in_the_registry(path):
    named = re.findall(
        r"\b[a-z]+\.[a-z_]+\b", _header(path).get("Right", "").replace("flow.py", "")
    )

    assert [right for right in named if right not in RIGHTS] == []


@pytest.mark.parametrize("path", ACTIONS, ids=lambda p: f"{p.parent.parent.name}.{p.stem}")
def test_the_events_in_the_header_are_announced_in_the_file(path):
    source = path.read_text()
    named = re.findall(r"\b[A-Z][A-Za-z]+\b", _header(path).get("Says", ""))

    assert [n for n in named if n not in EVENTS or f"{n}(" not in source] == []


def test_every_case_event_has_a_reaction():
    silent = [name for name in EVENTS if name not in {e.__name__ for e in REACTIONS}]

    assert silent == []


def test_every_move_has_its_action_file():
    files = {p.stem for p in (ROOT / "doudi" / "cases" / "actions").glob("*.py")}

    assert [move for move in MOVES if move not in files and f"{move}_case" not in files] == []
