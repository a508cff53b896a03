"""Nasty workbooks: each kind gets a clear answer, quickly, and takes little memory."""

import ast
import contextlib
import datetime as dt
import io
import re
import time
import tracemalloc
from dataclasses import replace

import pytest

from doudi.paper.workbook import wording
from doudi.paper.workbook.cells import Context
from doudi.paper.workbook.columns import WorkbookRefused
from doudi.paper.workbook.guard import SMALL
from doudi.paper.workbook.reading import NOTES, open_workbook
from tests.paper import nasty
from tests.ui.sources import ROOT
from tests.ui.test_catalogue import MESSAGES

PAGE = ROOT / "docs" / "reference" / "workbooks.md"
LIMITS = replace(SMALL, unpacked=50_000_000)
MEMORY, SECONDS = 30_000_000, 3.0


def read(content: bytes, *, real: bool = False):
    """Rows and the reading itself, or the refusal."""
    context = Context(dt.date(2022, 6, 1), demo=not real)
    with open_workbook(io.BytesIO(content), nasty.TABLE, context, LIMITS) as book:
        return list(book.rows()), book


@pytest.mark.parametrize("name", nasty.KINDS)
def test_each_nasty_workbook_gets_its_answer(name):
    kind = nasty.KINDS[name]
    content = kind.content()

    if kind.refused:
        with pytest.raises(WorkbookRefused) as refusal:
            read(content, real=kind.real)
        assert refusal.value.code == kind.refused
        return
    rows, _book = read(content, real=kind.real)

    assert len(rows) == kind.rows
    assert [fault.code for fault in rows[0].faults] == ([kind.fault] if kind.fault else [])
    assert {key: rows[-1].values[key] for key in kind.read} == kind.read


@pytest.mark.parametrize("name", ["bomb", "lying", "laughs", "outside", "far", "endless"])
def test_what_would_blow_up_is_answered_quickly_and_in_little_memory(name):
    content = nasty.KINDS[name].content()
    tracemalloc.start()
    begun = time.monotonic()

    with contextlib.suppress(WorkbookRefused):
        read(content)
    seconds, peak = time.monotonic() - begun, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (peak < MEMORY, seconds < SECONDS) == (True, True), (peak, seconds)


def test_a_fault_names_row_column_reason_and_advice_and_not_what_stands_there():
    rows, _book = read(nasty.xlsx(nasty.row(id=nasty.ID[:-1] + "0", phone="123")))

    told = [(f.row, f.column, f.heading, str(f.reason), str(f.advice)) for f in rows[0].faults]

    assert told == [
        (2, "C", "身份证号", "身份证号的校验位或出生日期不对", "请按证件核对"),
        (2, "D", "联系电话", "电话号码不对", "请填11位手机号，或带区号的座机"),
    ]
    assert "123" not in str(rows[0].faults[1])


def test_what_was_passed_over_is_told():
    _rows, book = read(nasty.KINDS["totals"].content())

    assert [str(note) for note in book.notes] == ["跳过合计行2行", "跳过表尾1行"]


def test_there_are_at_least_forty_kinds_and_the_page_lists_every_one():
    lines = [
        "# Workbooks: what is read, what is refused, in which words",
        "",
        "Every kind is made and tried by `tests/paper/test_workbooks.py`; the words stand in",
        "`doudi/paper/workbook/wording.py`. Limits of an import: `doudi/paper/workbook/guard.py`.",
        "",
        "| 表格 | 回答 | 怎么办 |",
        "|---|---|---|",
        *(f"| {kind.words} | {answer(kind)} |" for kind in nasty.KINDS.values()),
    ]

    assert len(nasty.KINDS) >= 40
    assert PAGE.read_text("utf-8") == "\n".join(lines) + "\n"


def answer(kind: nasty.Nasty) -> str:
    """The words of the answer, and the advice."""
    if kind.refused:
        reason, advice = wording.REFUSALS[kind.refused]
        return f"整个文件不收：{reason} | {advice}"
    if kind.fault:
        reason, advice = wording.FAULTS[kind.fault]
        return f"这一行有错：{reason} | {advice}"
    return "照常读入 | —"


def test_every_answer_has_its_english():
    tables = (wording.REFUSALS, wording.FAULTS)
    said = {words for table in tables for pair in table.values() for words in pair}
    said |= {words for words in NOTES.values() if words} | {"{reason}。{advice}。"}
    said.add("没有读的工作表：{names}")

    assert sorted(words for words in said if not MESSAGES.get(words)) == []


def test_no_answer_carries_a_value_of_the_file():
    source = (ROOT / "doudi/paper/workbook/wording.py").read_text("utf-8")
    holes = {
        part
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for part in re.findall(r"\{(\w+)\}", node.value)
    }

    assert holes == {"most", "names", "words"}
