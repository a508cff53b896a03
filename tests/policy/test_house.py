"""The law keeps its own rules: formulas of operators, values with dates and clauses."""

import ast
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from doudi.policy import graph
from doudi.policy.book import (
    Book,
    NotInForce,
    PackError,
    UnknownCounty,
    UnknownParameter,
    rows_from,
)
from doudi.policy.formula import household as household_formula
from doudi.policy.graph import GRAPH, GraphError, build, parameter_key
from doudi.policy.pack import load_pack
from doudi.policy.proposals import CLAUSES
from doudi.policy.rules import membership
from doudi.policy.wording import SENTENCES, sentence
from tests.policy.build import PACK, ROOT

RULES = sorted((ROOT / "doudi/policy/rules").glob("*.py"))
FORBIDDEN = (ast.If, ast.IfExp, ast.Invert, ast.BoolOp, ast.Not, ast.While, ast.Div)


def _formulas() -> list[ast.FunctionDef]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in RULES)
    functions = (n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))
    return [f for f in functions if f.decorator_list or f.name.startswith("_")]


@pytest.mark.parametrize("formula", _formulas(), ids=lambda f: f.name)
def test_a_formula_uses_operators_only_and_says_what_it_is(formula: ast.FunctionDef) -> None:
    used = [type(node).__name__ for node in ast.walk(formula) if isinstance(node, FORBIDDEN)]

    assert used == []
    assert ast.get_docstring(formula)


def test_every_parameter_a_formula_asks_for_stands_in_the_pack() -> None:
    keys = {parameter_key(a) for f in GRAPH.formulas for a in f.arguments} - {None}

    groups = {key.rsplit(".", 1)[0] for key in PACK.book.keys}

    assert keys <= PACK.book.keys | groups


def test_every_value_cites_a_clause_that_exists() -> None:
    for row in PACK.book.rows():
        clause = PACK.clause(row.document, row.article)
        assert clause.zh
        assert clause.en
        assert row.label
        assert row.label_en
        assert row.locally_verified is (row.confidence in ("verified", "reported"))


def test_values_of_one_key_never_overlap() -> None:
    seen: dict[tuple[Any, ...], list[Any]] = {}
    for row in PACK.book.rows():
        seen.setdefault((row.key, row.area, row.counties), []).append(row)

    for rows in seen.values():
        ordered = sorted(rows, key=lambda row: row.since)
        for earlier, later in zip(ordered, ordered[1:], strict=False):
            assert earlier.until == later.since - dt.timedelta(days=1)


def test_every_reason_has_a_clause_and_a_sentence_in_both_languages() -> None:
    for code, (document, article) in CLAUSES.items():
        assert PACK.clause(document, article)
        assert code in SENTENCES
    for code, pair in SENTENCES.items():
        names = ("net", "limit", "lower", "upper", "amount", "gross", "expenses", "cost")
        names += ("own", "dibao", "difference", "all")
        values = {f"{name}_yuan": "1.00" for name in names}
        assert sentence(code, values) != sentence(code, values, "en")
        assert pair[1].isascii()


def test_the_pack_refuses_a_value_without_a_fitting_shape() -> None:
    good: dict[str, Any] = {
        "value": 1,
        "from": dt.date(2022, 1, 1),
        "document": "DB57",
        "article": "13",
        "confidence": "verified",
    }
    bad: list[dict[str, Any]] = [
        {"value": 1.5},
        {"value": True},
        {"value": "1"},
        {"value": -1},
        {"value": [1, 2.0]},
        {"from": "2022-01-01"},
        {"to": dt.date(2021, 12, 31)},
        {"confidence": "certain"},
        {"area": "suburban"},
        {"document": None, "article": None, "confidence": None},
    ]
    entry = {"label": "甲", "label_en": "a", "unit": "fen"}
    assert list(rows_from({"a.b": {**entry, "values": [good]}}))

    for change in bad:
        with pytest.raises(PackError, match=r"a\.b"):
            list(rows_from({"a.b": {**entry, "values": [good | change]}}))
    with pytest.raises(PackError):
        list(rows_from({"a.b": {**entry, "unit": "yuan", "values": [good]}}))
    with pytest.raises(PackError):
        list(rows_from({"a.b": {**entry, "values": [{"value": 1}]}}))


def test_a_pack_that_cites_a_missing_clause_is_refused(tmp_path: Path) -> None:
    for path in PACK.folder.rglob("*.*"):
        if path.suffix in (".yaml", ".csv"):
            copy = tmp_path / path.relative_to(PACK.folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    file = tmp_path / "parameters/dibao.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("HZ82", "HZ99"), encoding="utf-8")

    with pytest.raises(PackError, match="HZ99"):
        load_pack(tmp_path)


def test_a_loop_or_a_missing_quantity_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Rules:
        @household_formula("甲", "a")
        def chicken(egg):  # type: ignore[no-untyped-def]
            """A loop."""

        @household_formula("乙", "b")
        def egg(chicken):  # type: ignore[no-untyped-def]
            """A loop."""

    class Missing:
        @household_formula("丙", "c")
        def nothing(unheard_of):  # type: ignore[no-untyped-def]
            """Needs what nobody gives."""

    class Twice:
        @household_formula("丁", "d")
        def persons(counted):  # type: ignore[no-untyped-def]
            """The name of another formula."""

    loop_or_gap = ((Rules, "loop"), (Missing, "unheard_of"))
    for rules, words in loop_or_gap:
        monkeypatch.setattr(graph, "RULES", (rules,))
        with pytest.raises(GraphError, match=words):
            build()
    monkeypatch.setattr(graph, "RULES", (membership, Twice))
    with pytest.raises(GraphError, match="persons"):
        build()


def test_the_book_is_strict_about_day_county_and_key() -> None:
    on = dt.date(2022, 6, 1)
    with pytest.raises(NotInForce):
        PACK.book.at(dt.date(2021, 9, 30), "610702", "urban")
    with pytest.raises(UnknownCounty):
        PACK.book.at(on, "110101", "urban")
    with pytest.raises(NotInForce):
        PACK.book.at(on, "610702", "urban").parameter("expense_hardship.share")
    with pytest.raises(UnknownParameter):
        PACK.book.general("process.unheard_of", on)
    with pytest.raises(NotInForce):
        PACK.book.general("process.total_days", dt.date(2000, 1, 1))
    with pytest.raises(TypeError):
        PACK.book.at(on, "610702", "urban").whole("dibao.bands")
    with pytest.raises(NotInForce):
        PACK.process_at(dt.date(2000, 1, 1))


def test_a_book_keeps_its_hash_through_storing_and_differs_where_a_value_does() -> None:
    on = dt.date(2022, 6, 1)
    book = PACK.book.at(on, "610702008", "urban")

    again = Book.from_json(book.to_json())

    assert again.hash == book.hash
    assert book.hash.startswith("sha256:")
    assert book.hash != PACK.book.at(on, "610702", "rural").hash
    assert book.hash != PACK.book.at(dt.date(2025, 10, 1), "610702", "urban").hash
