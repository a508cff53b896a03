"""Figures, dates, masks and lights as templates write them."""

import datetime as dt

import pytest
from django.template import engines
from django.utils import translation

from doudi.ui.templatetags import ui
from tests.factories.cases import demo_database


def _drawn(text, **context):
    return engines["django"].from_string(text).render(context).strip()


@pytest.mark.parametrize(
    ("fen", "shown"), [(167_000, "1,670.00"), (0, "0.00"), (5, "0.05"), (None, "—"), ("", "—")]
)
def test_money_is_shown_in_yuan_with_two_places(fen, shown):
    assert ui.money(fen) == shown


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (9, "●正常 余9日"),
        (3, "▲临期 余3日"),
        (0, "▲临期 余0日"),
        (-1, "■超期 1日"),
        (None, "–未计时"),
    ],
)
def test_a_light_is_shape_word_and_colour(days, words):
    text = _drawn("{% light days %}|", days=days)

    assert words in text.replace('<i aria-hidden="true">', "").replace("</i>", "")


def test_a_stopped_clock_shows_no_days():
    assert "暂停计时" in _drawn("{% light 3 True %}")


def test_dates_follow_the_language():
    day = dt.date(2022, 5, 31)
    chinese = ui.date_zh(day)
    with translation.override("en"):
        english = ui.date_zh(day)

    assert (chinese, english, ui.date_zh(None)) == ("2022年5月31日", "31 May 2022", "—")


def test_names_numbers_phones_and_accounts_are_masked():
    shown = _drawn(
        "{{ n|masked }} {{ i|masked_id }} {{ p|masked_phone }} {{ a|masked_account }}",
        n="任建明",
        i="610799197402110019",
        p="12900000001",
        a="6210990000000000012",
    )

    assert shown == "任*明 610***********0019 129****0001 尾号0012"


def test_a_long_number_is_read_in_fours():
    assert ui.grouped("SQ610702008") == "SQ61 0702 008"


def test_icons_are_drawn_without_style_or_script():
    drawing = ui.icon("apply")

    assert drawing.startswith("<svg")
    assert "style=" not in drawing
    assert "<script" not in drawing


@pytest.mark.django_db
def test_the_gallery_shows_every_component_on_a_demonstration_only(client, city):
    hidden = client.get("/ui/").status_code
    demo_database()

    text = client.get("/ui/").content.decode()

    assert hidden == 404
    assert [
        c for c in ("error-summary", "timeline", "filters", "steps", "empty") if c not in text
    ] == []
