"""What a file asks of another room's module is there: types are not asked for it in the doors."""

import ast
import importlib
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(p for p in (ROOT / "doudi").rglob("*.py") if "migrations" not in p.parts)


def asked_in_vain(text: str) -> list[str]:
    """`module.name` for every name that a module of ours, imported by this text, does not have."""
    tree = ast.parse(text)
    modules = _modules(tree)
    return [
        f"{modules[node.value.id].__name__}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in modules
        and not hasattr(modules[node.value.id], node.attr)
    ]


def _modules(tree: ast.Module) -> dict[str, ModuleType]:
    """The modules of ours by the name under which the file knows them, and nothing else by it."""
    found = {
        name.asname or name.name: importlib.import_module(f"{node.module}.{name.name}")
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("doudi")
        for name in node.names
        if (ROOT / f"{node.module}.{name.name}".replace(".", "/")).with_suffix(".py").exists()
    }
    return {name: module for name, module in found.items() if name not in _bound(tree)}


def _bound(tree: ast.Module) -> set[str]:
    """Names that are something else inside some function."""
    stored = (n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not _is_read(n))
    return {*stored, *(a.arg for a in ast.walk(tree) if isinstance(a, ast.arg))}


def _is_read(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)


def test_whatever_is_asked_of_a_module_is_there():
    found = {str(p.relative_to(ROOT)): asked_in_vain(p.read_text()) for p in SOURCES}

    assert {path: names for path, names in found.items() if names} == {}


def test_a_name_that_went_away_is_missed():
    text = "from doudi.support import queries as support\nsupport.nobody_has_this\n"

    assert asked_in_vain(text) == ["doudi.support.queries.nobody_has_this"]
