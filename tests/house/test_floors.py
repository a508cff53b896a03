"""What import-linter cannot see: foreign keys, foreign tables, sizes, templates."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
DOUDI = ROOT / "doudi"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FLOORS = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
HEIGHT = {
    name: -number
    for number, floor in enumerate(FLOORS)
    for name in re.sub(r"[()]", "", floor).replace(" ", "").split("|")
}
SOURCES = sorted(p for p in DOUDI.rglob("*.py") if "migrations" not in p.parts)


def _room(path: Path) -> str:
    return path.relative_to(DOUDI).parts[0]


def _names(path: Path) -> list[tuple[str, str]]:
    """Module and name of every `from … import …` of a file."""
    return [
        (node.module, name.name)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
        for name in node.names
    ]


def test_foreign_keys_point_down_or_stay_at_home():
    ours = [m for m in apps.get_models() if m.__module__.startswith("doudi.")]

    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in ours
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model.__module__.startswith("doudi.")
        if HEIGHT[field.related_model.__module__.split(".")[1]]
        > HEIGHT[model.__module__.split(".")[1]]
    ]

    assert upward == []


def test_tables_are_opened_only_at_home():
    """`Staff` may be named as a type: it says who acts. Nobody else's table may be queried."""
    foreign = [
        f"{path.relative_to(ROOT)}: {module}.{name}"
        for path in SOURCES
        if _room(path) not in ("demo", "commands")
        for module, name in _names(path)
        if re.fullmatch(r"doudi\.\w+\.models", module) and module.split(".")[1] != _room(path)
        if name != "Staff"
    ]
    opened = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if _room(path) not in ("accounts", "demo", "commands")
        if "Staff.objects" in path.read_text()
    ]

    assert (foreign, opened) == ([], [])


def test_the_day_of_a_kept_instant_is_asked_for_in_china():
    """A table gives its instants back in UTC: until eight in the morning that is yesterday."""
    in_utc = re.compile(r"\w+_at(\.date\(\)|\.(year|month|day|hour)\b|:%)")

    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path in SOURCES
        for hit in in_utc.finditer(path.read_text())
    ]

    assert found == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(DOUDI)))
def test_a_file_holds_one_idea(path):
    lines = path.read_text().splitlines()

    assert len(lines) <= 400


def test_init_files_hold_one_sentence_and_nothing_else():
    talkative = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.name == "__init__.py" and len(ast.parse(path.read_text()).body) > 1
    ]

    assert talkative == []


def test_templates_take_only_from_their_own_room_and_from_ui():
    borrowed = []
    for path in DOUDI.rglob("templates/**/*.html"):
        room = _room(path)
        for name in re.findall(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"", path.read_text()):
            if name.split("/")[0] not in (room, "ui"):
                borrowed.append(f"{path.relative_to(ROOT)}: {name}")

    assert borrowed == []


def test_own_javascript_stays_small():
    own = [p for p in DOUDI.rglob("static/**/*.js") if "vendor" not in p.parts]

    assert sum(len(p.read_text().splitlines()) for p in own) < 1500


def test_no_page_carries_inline_script_or_style():
    inline = [
        str(path.relative_to(ROOT))
        for path in DOUDI.rglob("templates/**/*.html")
        if re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|<style", path.read_text())
    ]

    assert inline == []
