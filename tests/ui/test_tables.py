"""A table never tears a phone's page, and each of its columns has a name for who hears it."""

import re

import pytest

from tests.ui.sources import ROOT

PAGES = [p for p in sorted((ROOT / "doudi").rglob("templates/**/*.html")) if "paper" not in p.parts]
TABLE = re.compile(r'(.{0,60})<table class="table(?! worklist)', re.S)
WITHIN = re.compile(r'class="(table-scroll|card table-scroll)[^"]*"[^>]*>\s*$')


def torn(text: str) -> list[str]:
    """Tables that do not lie in a frame of their own which scrolls."""
    return [before[-40:] for before in TABLE.findall(text) if not WITHIN.search(before)]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_a_wide_table_scrolls_within_its_frame(path):
    assert torn(path.read_text("utf-8")) == []


def test_a_table_without_a_frame_would_be_found():
    assert torn('<section class="card"><table class="table">') != []


def test_no_column_is_without_a_name():
    assert [p.name for p in PAGES if "<th></th>" in p.read_text("utf-8")] == []


def test_a_stored_word_is_translated_where_it_is_shown():
    shown = re.compile(r"\{\{ [\w.]*get_\w+_display \}\}")

    assert [p.name for p in PAGES if shown.search(p.read_text("utf-8"))] == []
