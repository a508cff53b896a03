"""The paper against the list of what it must ask for, and against the values it was given."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docs.forms_page import DIGESTS, digests
from doudi.paper.forms import FORMS
from doudi.paper.layouts import LISTED, entries, layout
from doudi.paper.plain import printable
from tests.paper.prints import blank, filled

ASKED = Path(__file__).with_name("asked.txt").read_text("utf-8")
WORDS = dict(re.findall(r"^\[(\S+)\]\n(.+?)(?=\n\[|\Z)", ASKED, re.S | re.M))
NUMBERED = [f"F{n:02d}" for n in (*range(1, 20), 24)]
# Words of the blank that the filled paper replaces by what they ask for, and the other way round.
ONLY_FILLED = {("F13", "算出来的")}
ONLY_BLANK = {("F01", "可以不填")}
CODES = {"language", "qr_text", "demo", "blank"}
# What somebody else writes on the paper.
PEN = {"F07-3": {"answer", "as_of_on", "signed"}}


def first_missing(code: str, words: str, text: str) -> str | None:
    """The first word that does not stand after the one before it."""
    at = 0
    for word in words.split():
        found = text.find(word, at)
        if found < 0 and (code, word) not in ONLY_BLANK | ONLY_FILLED:
            return word
        at = max(found, at)
    return None


def values(data: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text, number and amount that a caller sent, with its field's name."""
    if isinstance(data, dict):
        for key, part in data.items():
            yield from values(part, key)
    elif isinstance(data, list):
        for part in data:
            yield from values(part, name)
    elif not isinstance(data, bool) and data not in (None, ""):
        yield name, str(data)


def ticked(template: str, sample: dict[str, Any]) -> int:
    """How many boxes the example ticks on a listed form."""
    count = 0
    for table, entry in entries(layout(template)):
        if "ticks" not in entry:
            continue
        rows = sample[table] if table else [sample]
        for row in rows:
            found: Any = row
            for key in entry["at"].split("."):
                found = found.get(key) if isinstance(found, dict) else None
            count += len(found) if isinstance(found, list) else found is not None
    return count


def test_every_form_of_the_list_exists() -> None:
    codes = {code.split("-")[0] for code in FORMS}

    missing = [code for code in NUMBERED if code not in codes]

    assert missing == []


@pytest.mark.parametrize("code", WORDS)
def test_the_empty_paper_asks_for_everything_in_its_order(code: str) -> None:
    words = WORDS[code]

    missing = first_missing(code, words, blank(code).text)

    assert missing is None


@pytest.mark.parametrize("code", WORDS)
def test_the_filled_paper_names_everything_in_its_order(code: str) -> None:
    words = WORDS[code]

    missing = first_missing(code, words, filled(code).text)

    assert missing is None


@pytest.mark.parametrize("template", LISTED)
def test_every_label_of_a_field_list_stands_on_the_empty_paper_in_order(template: str) -> None:
    spec = layout(template)
    labels = [str(e.get("label") or e.get("opinion") or "") for _, e in entries(spec)]

    missing = first_missing(
        spec["code"],
        " ".join(re.sub(r"[|\s]", "", label) for label in labels),
        blank(spec["code"]).text,
    )

    assert missing is None


@pytest.mark.parametrize("template", LISTED)
def test_every_value_of_the_example_is_printed_and_every_choice_ticked(template: str) -> None:
    form = FORMS[layout(template)["code"]]
    text = filled(form.code).text
    keys = {k for _, e in entries(layout(template)) for k in e.get("ticks", {})}

    shown = [(n, v) for n, v in values(form.sample) if n not in CODES and v not in keys]
    lost = [(n, v) for n, v in shown if printed_as(n, v) not in text]

    assert lost == []
    assert text.count("√") == ticked(template, dict(form.sample))


@pytest.mark.parametrize("template", LISTED)
def test_an_example_fills_every_field_of_its_list(template: str) -> None:
    form = FORMS[layout(template)["code"]]
    filled_in = {n for n, _ in values(form.sample)} | {
        n for n, v in flat(form.sample) if isinstance(v, bool)
    }

    forgotten = {
        path
        for _, entry in entries(layout(template))
        if "label" in entry
        and (path := entry.get("at", "").split(".")[-1])
        and path not in filled_in
    }

    assert forgotten == PEN.get(form.code, set())


def test_the_pictures_of_the_reference_page_show_the_forms_of_today() -> None:
    drawn = json.loads(DIGESTS.read_text())

    stale = [code for code, digest in digests().items() if drawn.get(code) != digest]

    assert stale == [], "run `make docs`"


def flat(data: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf with its name."""
    if isinstance(data, dict):
        for key, part in data.items():
            yield from flat(part, key)
    elif isinstance(data, list):
        for part in data:
            yield from flat(part, name)
    else:
        yield name, data


def printed_as(name: str, value: str) -> str:
    """Amounts in yuan, days in words; blanks do not count."""
    if name.endswith("_fen"):
        return str(printable({name: int(value)})[name.removesuffix("_fen") + "_yuan"])
    if day := re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", value):
        year, month, date = day.groups()
        return f"{year}年{int(month)}月" + (f"{int(date)}日" if date else "")
    return re.sub(r"\s", "", value)
