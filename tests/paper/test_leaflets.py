"""Leaflets and poster: one sheet each, both languages, figures of the day, the town's phone."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils import translation

from doudi.clock.time import today
from doudi.paper.fields import missing_fields
from doudi.paper.forms import FORMS, PUBLIC
from doudi.paper.public_sheets import LEAFLET, POSTER, SAMPLE
from doudi.paper.typst import render
from doudi.portal.cards import cards
from doudi.portal.views import leaflets
from doudi.regions import queries as regions
from tests.paper.reading import Printed, read

KEYS = [card.key for card in cards("zh", dt.date(2025, 11, 1))]
TOWN = "610702008"
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def sheet(key: str, language: str, day: dt.date) -> Printed:
    """A card as leaflet, read back."""
    with translation.override(LANGUAGES[language]):
        card = next(c for c in cards(language, day) if c.key == key)
        data = {
            **SAMPLE,
            **leaflets._of_card(card),
            "language": language,
            "qr_text": "https://a.b/",
        }
    return read(render("leaflet", data, pack="hanzhong"))


def plain(text: str) -> str:
    """Without blanks, as the reader gives it."""
    return "".join(text.split())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_a_leaflet_carries_the_whole_card_on_one_page(key, language):
    day = dt.date(2025, 11, 1)
    card = next(c for c in cards(language, day) if c.key == key)

    printed = sheet(key, language, day)

    assert printed.pages == 1
    assert "\ufffd" not in printed.text
    assert [s for s in card.sentences if plain(s) not in printed.text] == []
    assert [s for line in card.much for s in line.sources if plain(s) not in printed.text] == []
    assert "0916-0000001" in printed.text


def test_the_figures_on_paper_are_those_of_the_day():
    then, later = (
        sheet("no-income", "zh", day).text for day in (dt.date(2022, 6, 1), dt.date(2025, 11, 1))
    )

    assert "城市655元" in then
    assert "城市675元" in later


@pytest.mark.parametrize("form", PUBLIC.values(), ids=lambda form: form.template)
def test_a_public_sheet_has_a_whole_sample_and_no_field_for_a_person(form):
    fields = " ".join((*form.fields, *(p for f in form.fields.values() for p in f.parts)))

    assert missing_fields(form, form.sample) == []
    assert not any(word in fields for word in ("name", "id_number", "applicant", "account"))
    assert form.code not in FORMS


@pytest.mark.parametrize("form", [LEAFLET, POSTER], ids=lambda form: form.template)
def test_a_demonstration_sheet_says_so(form):
    marked = read(render(form.code, {**form.sample, "demo": True}, pack="hanzhong"))
    real = read(render(form.code, dict(form.sample), pack="hanzhong"))

    assert "演示数据" in marked.text
    assert "演示数据" not in real.text
    assert marked.pages == real.pages == 1


@pytest.mark.django_db
class TestPages:
    """From the portal."""

    @pytest.mark.parametrize("key", [*KEYS, "all"])
    def test_every_leaflet_opens_as_a_pdf(self, client, key):
        answer = client.get(f"/know/leaflet/{key}.pdf")

        assert answer["Content-Type"] == "application/pdf"
        assert answer["Cache-Control"] == "private, max-age=300"
        assert read(answer.content).pages == 1

    def test_the_overview_names_every_card(self, client):
        text = read(client.get("/know/leaflet/all.pdf").content).text

        assert [c.title for c in cards("zh", today()) if plain(c.title) not in text] == []

    def test_the_poster_carries_the_three_codes_and_the_town(self, client, city):
        phone = regions.office_phone(TOWN)
        base = settings.DOUDI_BASE_URL

        answer = client.get("/know/poster.pdf", {"town": TOWN})

        data = {
            "office": regions.path_name(TOWN),
            "phone": phone,
            "hotline": regions.HOTLINE,
            "as_of_on": today(),
            "language": "zh",
            "demo": False,
            "qr_texts": [f"{base}/{path}/" for path in ("know", "apply", "track")],
        }
        assert answer.content == render("poster", data, pack="hanzhong")
        assert phone in read(answer.content).text
        assert "汉台区七里街道" in read(answer.content).text

    @pytest.mark.parametrize("town", ["610799999", "1", "七里", "610702008001x"])
    def test_no_poster_is_printed_for_a_town_that_is_none(self, client, city, town):
        assert client.get("/know/poster.pdf", {"town": town}).status_code == 404

    def test_an_english_browser_gets_english_paper(self, client):
        english = {"accept-language": "en"}

        poster = client.get("/know/poster.pdf", headers=english)
        leaflet = client.get("/know/leaflet/illness.pdf", headers=english)

        assert "WhatmayIget?" in read(poster.content).text
        assert "Highmedicalbills" in read(leaflet.content).text

    def test_the_same_paper_is_set_once(self, client):
        leaflets._printed.cache_clear()

        client.get("/know/leaflet/illness.pdf")
        client.get("/know/leaflet/illness.pdf")

        assert leaflets._printed.cache_info().hits == 1

    def test_an_unknown_card_has_no_leaflet(self, client):
        assert client.get("/know/leaflet/nothing.pdf").status_code == 404
