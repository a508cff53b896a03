"""What every page says alike: months, days in sentences, how a case ended, a box to tick."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override

from doudi.cases.flow import Stage
from doudi.kernel.sentences import Sentence
from doudi.ui.templatetags import ui
from doudi.ui.words import said

UNTIL = Sentence("公示至{until}", until="2022-05-16")


class Ticked(forms.Form):
    read = forms.BooleanField(label="我已读给本人听")


@pytest.mark.parametrize(("language", "month"), [("zh-hans", "2022年5月"), ("en", "May 2022")])
def test_a_month_is_written_as_the_office_writes_it(language, month):
    with override(language):
        assert ui.month_zh("2022-05") == month


@pytest.mark.parametrize("other", ["R610702202205", "2022-5", "全部"])
def test_what_is_no_month_stays_as_it_is(other):
    assert ui.month_zh(other) == other


def test_no_month_is_a_dash():
    assert ui.month_zh("") == "—"


def test_a_day_in_a_sentence_is_said_in_the_language_of_the_page():
    with override("zh-hans"):
        assert said(UNTIL) == "公示至2022年5月16日"
    with override("en"):
        assert "16 May 2022" in said(UNTIL)


def test_in_english_an_ended_case_is_refused_and_not_told_to_refuse():
    with override("en"):
        assert (ui.stage(Stage.REFUSED.value), ui.stage(Stage.NOT_ACCEPTED.value)) == (
            "Refused",
            "Declined",
        )
    with override("zh-hans"):
        assert ui.stage(Stage.REFUSED.value) == "不予确认"


def test_a_box_to_tick_stands_before_its_words_wherever_a_field_may_stand():
    page = render_to_string("ui/components/field.html", {"field": Ticked()["read"]})

    assert page.index('type="checkbox"') < page.index("我已读给本人听")
    assert 'class="choice"' in page
