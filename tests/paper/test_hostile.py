"""Whatever stands in the data comes out as plain text and breaks no paper."""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest

from doudi.paper.forms import FORMS
from doudi.paper.plain import plain, printable, visible
from doudi.paper.typst import render
from tests.paper.reading import read

HOSTILE = (
    '#eval("1+1")',
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0"',
    "$x^2$",
    "] } ) [ { (",
    "\"'`\\",
    "*粗*_斜_",
    "= 标题",
    "// 注释 /* 块 */",
    "<label> @ref",
    "https://example.test/a",
    "<b>&amp;</b>",
    "\\u{202e}",
    "- 项 + 项 / 词: 义",
    "~ -- --- ...",
)
LONG = ("王" * 200, "A" * 200, "0" * 200, "a-" * 100)
CODED = {"qr_text", "language", "result", "area", "scope", "manner", "masked_name"}


def spoilt(value: Any, words: Iterator[str], name: str = "") -> Any:
    """The sample with one of the words in every place that is free text; of a list two rows."""
    if isinstance(value, dict):
        return {key: spoilt(part, words, key) for key, part in value.items()}
    if isinstance(value, list):
        return [spoilt(part, words, name) for part in value[:2]]
    return next(words) if isinstance(value, str) and name not in CODED else value


@pytest.mark.parametrize("word", HOSTILE)
def test_markup_and_code_in_a_name_are_printed_as_they_are(word: str) -> None:
    data = {**FORMS["F04-1"].sample, "applicant": word}

    text = read(render("F04-1", data, pack="hanzhong")).text

    assert word.replace(" ", "") + "：" in text


@pytest.mark.parametrize("code", FORMS)
def test_hostile_and_long_words_are_printed_in_every_field_and_break_nothing(code: str) -> None:
    words = [" ".join(HOSTILE), *LONG]
    data = spoilt(dict(FORMS[code].sample), cycle(words))

    printed = read(render(code, data, pack="hanzhong"))

    assert "root:" not in printed.text
    assert [word for word in ('#eval("1+1")', *(w[:40] for w in LONG)) if word in printed.text]
    assert sum(word[:40] in printed.text for word in LONG) >= 2
    assert printed.pages <= 20


def test_rare_characters_of_names_are_kept() -> None:
    data = {**FORMS["F13"].sample, "applicant": "𬌗䶮㛃", "officer": "阿依古丽·买买提"}

    text = read(render("F13", data, pack="hanzhong")).text

    assert "𬌗䶮㛃：" in text
    assert "阿依古丽·买买提" in text


def test_direction_marks_and_controls_do_not_reach_the_paper() -> None:
    name = "\u202e明建任\u2066\u200f\x00\n\t某"

    shown = visible(name)

    assert shown == "明建任 某"


def test_what_has_no_character_is_shown_as_missing() -> None:
    name = "王\ud800\ue000明"

    shown = plain(name)

    assert shown == "王〓〓明"


def test_a_word_too_long_for_a_cell_may_break_after_every_letter() -> None:
    word = "A" * 200

    shown = plain(word)

    assert shown == "\u200b".join(word)


def test_numbers_of_the_office_stay_whole() -> None:
    numbers = ("DB61070200822050900013", "61079919770618002X", "610***********002X", "0f" * 32)

    shown = [plain(number) for number in numbers]

    assert shown == list(numbers)


def test_a_compatibility_character_of_a_name_is_not_exchanged_for_another() -> None:
    name = "\ufa0c\u9f8e"

    shown = plain(name)

    assert shown == name


def test_fen_become_yuan_and_capitals_everywhere() -> None:
    data = {"monthly_fen": 76250, "members": [{"income_fen": 0}], "taper": False}

    ready = printable(data)

    assert ready["monthly_yuan"] == "762.50"
    assert ready["monthly_capital"] == "柒佰陆拾贰元伍角整"
    assert ready["members"] == [
        {"income_fen": 0, "income_yuan": "0.00", "income_capital": "零元整"}
    ]


WRONG = (None, 7, True, "词", [], ["词"], {"a": {"b": 1}}, [[1, "x"]])


@pytest.mark.parametrize("turn", [0, 3])
@pytest.mark.parametrize("code", FORMS)
def test_values_of_the_wrong_shape_still_print(code: str, turn: int) -> None:
    fields = [*FORMS[code].fields, "case_number"]
    data = {name: WRONG[(n + turn) % len(WRONG)] for n, name in enumerate(fields)}

    printed = read(render(code, data, pack="hanzhong"))

    assert printed.pages >= 1


def test_a_drawn_signature_with_broken_points_still_prints() -> None:
    stroke = [[[0, 0], [99999, -5], ["x", 1], [1]], "no", [[1, 2]], []]
    signer = {**FORMS["F02"].sample["signers"][0], "stroke": stroke}

    printed = read(render("F02", {**FORMS["F02"].sample, "signers": [signer]}, pack="hanzhong"))

    assert "任建明" in printed.text
