"""Chinese is written with Chinese punctuation: no half-width comma beside a Chinese character."""

import ast
import re

import pytest
import yaml

from tests.ui.sources import ROOT, chinese

DOUDI = ROOT / "doudi"
HAN = "[\u3400-\u9fff]"
BESIDE = re.compile(rf"{HAN}[”》]?[,:;?!()]|[,;?!(]{HAN}")
BETWEEN = re.compile(rf"{HAN}[,:;?!]{HAN}")
HALVES = str.maketrans("，：；？！（）", ",:;?!()")
CLAUSE = re.compile(r"[一二三四五六七八九十]+\([一二三四五六七八九十]+\)")  # 二(一)
# A formula of a spreadsheet, and a Chinese name in an English sentence.
EXCEPTIONS = {
    "paper/samples.py": {"one-card account of 任建明, ending 0012"},
}


def half_width(text, pattern=BESIDE):
    """Where a half-width mark touches Chinese, with what stands around it."""
    text = CLAUSE.sub("", text)
    return [text[max(m.start() - 6, 0) : m.end() + 6] for m in pattern.finditer(text)]


def _files(*endings):
    found = [p for p in sorted(DOUDI.rglob("*")) if p.suffix in endings]
    return [pytest.param(p, id=str(p.relative_to(DOUDI))) for p in found]


def _values(node):
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _values(value)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value)


@pytest.mark.parametrize("path", _files(".py"))
def test_sentences_in_code_are_punctuated_in_chinese(path):
    allowed = EXCEPTIONS.get(str(path.relative_to(DOUDI)), set())

    said = [text for text in chinese(ast.parse(path.read_text("utf-8"))) if text not in allowed]

    assert [mark for text in said for mark in half_width(text)] == []


@pytest.mark.parametrize("path", _files(".html", ".txt"))
def test_pages_are_punctuated_in_chinese(path):
    text = re.sub("{#.*?#}", "", path.read_text("utf-8"))

    assert half_width(text) == []


@pytest.mark.parametrize(
    "path", [p for p in _files(".yaml") if "documents" not in p.values[0].parts]
)
def test_texts_of_the_pack_are_punctuated_in_chinese(path):
    # Titles and clauses of documents are quotations, and stay as they were published.
    texts = _values(yaml.safe_load(path.read_text("utf-8")))

    assert [mark for text in texts for mark in half_width(text)] == []


@pytest.mark.parametrize("path", _files(".typ", ".md"))
def test_paper_is_punctuated_in_chinese(path):
    assert half_width(path.read_text("utf-8"), BETWEEN) == []


@pytest.mark.parametrize(
    "text",
    ["没有查到，请核对", "村（社区）", "还缺授权书：_", "“审核”，请", "怎么办？", "8MB；请压缩"],
)
def test_the_rule_finds_half_width_marks_and_no_others(text):
    assert half_width(text) == []
    assert half_width(text.translate(HALVES)) != []


def test_numbers_times_and_numbered_clauses_keep_their_marks():
    assert half_width("文件超过 8MB, 12:30 起") == []
    assert half_width("依据二（一）办理".translate(HALVES)) == []
