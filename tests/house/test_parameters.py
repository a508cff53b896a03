"""No value of the law lies unread: each is read by code, rule or catalogue, or is told only."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from doudi.policy.codes import INCOMES

DOUDI = Path(__file__).resolve().parents[2] / "doudi"
PACK = DOUDI / "packs" / "hanzhong"
READS = {"general", "whole", "value", "parameter", "row"}  # how a book is asked
DOTTED = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
QUOTED = re.compile(r'"([a-z_]+(?:\.[a-z_]+)*)"')
ARGUMENT = re.compile(r"\b[a-z]+(?:_[a-z]+)*__[a-z_]+\b")
PUT_TOGETHER = re.compile(r'f"[a-z_]+\.[a-z_]*\{')


@cache
def entries() -> dict[str, dict]:
    """Every parameter of the pack as it is written."""
    files = sorted((PACK / "parameters").glob("*.yaml"))
    return {key: e for path in files for key, e in yaml.safe_load(path.read_text()).items()}


@cache
def words() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """What the sources name in one piece, and the keys they put together in an f-string.

    A formula names a parameter by an argument: `dibao__standard` is dibao.standard.
    """
    whole: set[str] = set()
    made: set[str] = set()
    for path in DOUDI.rglob("*.py"):
        text = path.read_text()
        whole.update(QUOTED.findall(text))
        whole.update(name.replace("__", ".") for name in ARGUMENT.findall(text))
        if PUT_TOGETHER.search(text):
            made.update(pattern for node in ast.walk(ast.parse(text)) for pattern in _made(node))
    for path in [*PACK.rglob("*.yaml"), *PACK.rglob("*.typ")]:
        if path.parent.name != "parameters":
            whole.update(DOTTED.findall(path.read_text()))
    whole.update(e["same_as"]["key"] for e in entries().values() if "same_as" in e)
    return frozenset(whole), tuple(map(re.compile, made))


def _made(node: ast.AST) -> Iterator[str]:
    """Patterns of f-strings that a book is asked for, at once or by way of a name."""
    asked = isinstance(node, ast.Call) and (
        getattr(node.func, "attr", getattr(node.func, "id", "")) in READS
    )
    if not asked and not isinstance(node, ast.Assign):
        return
    for inner in ast.walk(node):
        if isinstance(inner, ast.JoinedStr):
            yield "".join(
                re.escape(str(v.value)) if isinstance(v, ast.Constant) else "([a-z_]+)"
                for v in inner.values
            )


def is_read(key: str) -> bool:
    """Named whole, as part of a group, or put together with a word that the sources name."""
    whole, made = words()
    group, _dot, last = key.rpartition(".")
    if key in whole or (last in INCOMES and group in whole):
        return True
    hits = [pattern.fullmatch(key) for pattern in made if pattern.pattern.startswith(key[:3])]
    return any(hit and set(hit.groups()) <= whole for hit in hits)


def test_every_parameter_is_read_or_told_only_with_a_reason():
    unread = {key for key in entries() if not is_read(key)}

    assert unread == {key for key, entry in entries().items() if entry.get("told")}


def test_a_parameter_that_nobody_reads_would_be_found():
    strangers = ("temporary.village_limit", "process.moon_days", "yearly.flood_times", "income.nil")

    assert [key for key in strangers if is_read(key)] == []
