"""The English catalogue is whole: every message, and every word that lower floors say."""

import ast
import gettext
import re

import pytest
from django.apps import apps

from doudi.accounts.permissions import ROLE_NAMES
from doudi.benefits.flow import (
    BY_RULE,
    DIFFERENCE_NAMES,
    FILE_NAMES,
    PAYMENT_NAMES,
    REASONS,
    ROLL_NAMES,
)
from doudi.benefits.reconciliation import GAPS
from doudi.cases.figures import NEEDED
from doudi.cases.flow import STAGE_NAMES
from doudi.cases.progress import NEXT_TITLES, PUBLIC_TITLES
from doudi.exports.catalog import LEDGERS
from doudi.verification.flow import HELD_FOR
from tests.ui.sources import ROOT, marked_in_code, marked_in_page

FOLDER = ROOT / "locale" / "en" / "LC_MESSAGES"
SAID = {
    *STAGE_NAMES.values(),
    *PAYMENT_NAMES.values(),
    *ROLL_NAMES.values(),
    *DIFFERENCE_NAMES.values(),
    *REASONS.values(),
    BY_RULE,
    *FILE_NAMES.values(),
    *GAPS.values(),
    *ROLE_NAMES.values(),
    *PUBLIC_TITLES.values(),
    *NEXT_TITLES.values(),
    *NEEDED.values(),
    *HELD_FOR.values(),
}
HOLE = re.compile(r"%\(\w+\)s|\{\w+\}")


def _messages() -> dict[str, str]:
    found = {}
    for block in (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n")[1:]:
        pieces = {"msgid": "", "msgstr": ""}
        at = ""
        for line in block.splitlines():
            word, _space, rest = line.partition(" ")
            at = word if word in pieces else at if line.startswith('"') else ""
            if at:
                pieces[at] += ast.literal_eval(rest if word in pieces else line)
        found[pieces["msgid"]] = pieces["msgstr"]
    return found


def _sources(*endings):
    found = [p for p in sorted((ROOT / "doudi").rglob("*")) if p.suffix in endings]
    return [pytest.param(p, id=str(p.relative_to(ROOT))) for p in found]


MESSAGES = _messages()


def test_every_message_has_its_english():
    assert [zh for zh, en in MESSAGES.items() if not en] == []


def test_no_message_is_told_twice_or_left_doubtful():
    text = (FOLDER / "django.po").read_text(encoding="utf-8")

    assert text.count("\nmsgid ") == len(MESSAGES)
    assert "#, fuzzy" not in text


def test_english_has_the_same_holes_as_chinese():
    torn = [zh for zh, en in MESSAGES.items() if set(HOLE.findall(zh)) != set(HOLE.findall(en))]

    assert torn == []


def test_no_chinese_is_left_in_the_english():
    left = [en for en in MESSAGES.values() if re.search("[\u4e00-\u9fff]", en)]

    # A placeholder that shows how a Chinese place name is typed.
    assert [en for en in left if "汉台区七里街道" not in en] == []


@pytest.mark.parametrize("word", sorted(SAID))
def test_what_lower_floors_say_is_in_the_catalogue(word):
    assert MESSAGES.get(word)


def test_every_choice_of_a_table_and_every_ledger_is_in_the_catalogue():
    fields = [f for model in apps.get_models() for f in model._meta.local_fields]
    choices = {str(label) for f in fields for _value, label in f.flatchoices or ()}
    words = choices | {ledger.title for ledger in LEDGERS.values()}

    chinese = {word for word in words if re.search("[\u4e00-\u9fff]", word)}
    assert {word for word in chinese if not MESSAGES.get(word)} == set()


def test_the_compiled_catalogue_is_that_of_the_readable_one():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    stale = [zh for zh, en in MESSAGES.items() if zh and compiled.gettext(zh) != en]
    assert stale == []


@pytest.mark.parametrize("path", _sources(".html", ".txt"))
def test_every_word_of_a_page_is_in_the_catalogue(path):
    marked = marked_in_page(path.read_text("utf-8"))

    assert [text for text in marked if text and not MESSAGES.get(text)] == []


@pytest.mark.parametrize("path", _sources(".py"))
def test_every_word_that_code_marks_is_in_the_catalogue(path):
    marked = marked_in_code(ast.parse(path.read_text("utf-8")))

    assert [text for text in marked if not MESSAGES.get(text)] == []
