"""What lower floors say in Chinese is said in the language of the page: refusals and gates."""

import ast
import copy

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from doudi.cases.actions.move import OVERTAKEN
from doudi.cases.gates import Gate
from doudi.kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongStage
from doudi.kernel.sentences import Sentence
from doudi.policy.wording import SENTENCES
from doudi.ui.refusals import Refusals
from doudi.ui.words import beside, said, sentences_of
from tests.ui.sources import ROOT, refusals
from tests.ui.test_catalogue import MESSAGES

DOUDI = ROOT / "doudi"
# Told to whoever sits at the command line, or to a program that sends JSON.
NO_PAGES = {"commands", "demo", "paper", "policy"}
SOURCES = [
    pytest.param(path, id=str(path.relative_to(DOUDI)))
    for path in sorted(DOUDI.rglob("*.py"))
    if not NO_PAGES & set(path.relative_to(DOUDI).parts) and "migrations" not in path.parts
]
# What is wrong with facts is said to residents and officers too.
SOURCES += [
    pytest.param(DOUDI / "policy" / name, id=f"policy/{name}") for name in ("reader.py", "facts.py")
]
NAMES = Sentence("还缺授权书：{names}", names=["任*明", "胡*"])


@pytest.mark.parametrize("path", SOURCES)
def test_everything_a_module_refuses_with_has_its_english(path):
    found = refusals(ast.parse(path.read_text("utf-8")))

    assert [text for text in found if not MESSAGES.get(text)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("raise NotFound('没有甲')", ["没有甲"]),
        ("raise Invalid({'a': '没有乙' if x else '没有丙'})", ["没有丙", "没有乙"]),
        ("wrong['a'] = '没有丁'\nraise Invalid(wrong)", ["没有丁"]),
        ("text = f'没有{x}戊'\nGate('a', False, text)", ["没有_戊"]),
        ("raise Conflict('没有己：' + names)", ["没有己： +"]),
        ("raise Conflict(_('没有庚：') + names)", ["没有庚："]),
        ("raise Missing([Sentence('没有{n}辛', n=n)])", ["没有{n}辛"]),
        ("wrong['a'] = '没有子' if x else ''\nraise Invalid(wrong)", ["没有子"]),
        ("note = '说了壬'\nmove(case, note='说了癸')", []),
    ],
)
def test_the_collector_finds_what_is_said_and_nothing_else(source, found):
    assert refusals(ast.parse(source)) == found


def test_what_the_residence_gate_says_has_its_english():
    codes = ("local_hukou", "permit_valid", "permit_missing", "permit_not_endorsed")

    assert [code for code in codes if not MESSAGES.get(SENTENCES[code][0])] == []


def test_a_sentence_with_values_is_chinese_text_and_english_on_an_english_page():
    with translation.override("en"):
        english = said(NAMES)

    assert NAMES == "还缺授权书：任*明、胡*"
    assert english == "Authorisations still missing: 任*明, 胡*"


def test_a_sentence_inside_a_sentence_is_translated_too():
    pairs = [Sentence("{name}（登记为{on_file}）", name="任明", on_file="任建明")]
    with translation.override("en"):
        english = said(Sentence("姓名与登记不符：{pairs}", pairs=pairs))

    assert english == "Names that differ from the record: 任明 (on record as 任建明)"


def test_a_copy_of_a_sentence_keeps_its_template():
    made = copy.deepcopy(NAMES)

    assert (made, made.template) == (NAMES, NAMES.template)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            Missing([NAMES, "还没有核算"]),
            ["Authorisations still missing: 任*明, 胡*", "Not assessed yet"],
        ),
        (
            Invalid({"a": "请填写姓名", "b": "请填写住址"}),
            [MESSAGES["请填写姓名"], MESSAGES["请填写住址"]],
        ),
        (NotAllowed("case.view"), []),
        (WrongStage("accept", "accepted"), []),
    ],
)
def test_a_refusal_says_everything_in_the_language_of_the_page(error, told):
    with translation.override("en"):
        assert sentences_of(error) == told


@pytest.mark.django_db
def test_the_page_of_a_refusal_is_english_on_an_english_page():
    with translation.override("en"):
        page = Refusals(lambda r: None).process_exception(
            RequestFactory().get("/x/"), Conflict(OVERTAKEN)
        )

    assert MESSAGES[OVERTAKEN] in page.content.decode()


class OneField(forms.Form):
    name = forms.CharField(required=False)


def test_a_refusal_is_said_beside_its_field_and_else_above_the_form():
    form = OneField({})
    with translation.override("en"):
        beside(form, Invalid({"name": "请填写姓名", "elsewhere": "请填写住址"}))
        beside(form, WrongStage("accept", "accepted"), "moved on")

    assert form.errors == {
        "name": [MESSAGES["请填写姓名"]],
        "__all__": [MESSAGES["请填写住址"], "moved on"],
    }


def test_gates_are_said_in_the_language_of_the_page():
    gates = [Gate("consents", False, NAMES), Gate("fresh", True, "核算依据的是最新认定事实")]
    with translation.override("en"):
        page = render_to_string("desk/parts/gates.html", {"gates": gates})

    assert "Authorisations still missing: 任*明, 胡*" in page
    assert MESSAGES["核算依据的是最新认定事实"] in page
