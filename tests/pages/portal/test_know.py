"""Policy cards: plain words, the figures of the day from the pack, and never a typed number."""

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection

from doudi.portal.cards import FIGURE, LISTS, cards
from doudi.regions import queries as regions

ENTRIES = [
    yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((settings.DOUDI_PACK_DIR / "texts" / "cards").glob("*.yaml"))
]
DAY = dt.date(2022, 5, 9)


EVENTS = [
    "illness",
    "no-income",
    "disability",
    "alone",
    "child-alone",
    "disaster",
    "school",
    "home",
    "elsewhere",
    "death",
]
LATER = dt.date(2025, 11, 1)
SHORT = {"zh": 200, "en": 150}  # characters, words


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["key"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_amount_or_share_is_typed_into_a_card(entry, language):
    text = entry[language]
    lines = [text["lead"], *(line for name in LISTS for line in text[name])]

    typed = [
        line for line in lines if re.search(r"\d{2,}|\d+\s*(%|元|岁|倍)", FIGURE.sub("", line))
    ]

    assert typed == []


def test_there_is_a_card_for_each_event_of_life():
    assert [card.key for card in cards("zh", DAY)] == EVENTS


@pytest.mark.parametrize("day", [DAY, LATER])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_card_fills_its_figures_and_stays_short(language, day):
    every = cards(language, day)

    said = {card.key: " ".join(card.sentences) for card in every}

    assert [key for key, text in said.items() if "{" in text] == []
    longest = max(len(t) if language == "zh" else len(t.split()) for t in said.values())
    assert longest <= SHORT[language]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_on_who_and_how_much_shows_its_clause_and_the_source_of_its_figure(language):
    lines = [line for card in cards(language, LATER) for line in (*card.who, *card.much)]
    entries = [
        line for entry in ENTRIES for name in ("who", "much") for line in entry[language][name]
    ]

    assert all(line.sources for line in lines)
    # Beneath the clause, each figure with its document: 675 from the notice of 2025.
    assert all(len(line.sources) > 1 for line, e in zip(lines, entries, strict=True) if "{" in e)
    assert any("675" in source for line in lines for source in line.sources)


def test_nobody_is_asked_to_bring_what_the_state_has():
    asked = [sentence for card in cards("zh", DAY) for sentence in card.papers]

    assert [s for s in asked if re.search("身份证|户口本|复印件|证明信|残疾证(?!我们)", s)] == []


def test_the_standard_is_that_of_the_day():
    then = next(c for c in cards("zh", DAY) if c.key == "no-income")
    later = next(c for c in cards("zh", LATER) if c.key == "no-income")

    assert "城市655元" in then.who[0].text
    assert "城市675元" in later.who[0].text


def test_a_card_with_an_unverified_figure_says_so(client, db):
    text = client.get("/know/school/").content.decode()

    assert "以当地民政部门公布的为准" in text


@pytest.mark.django_db
def test_cards_open_no_table_but_the_clock_and_the_demonstrations_mark(
    client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        answer = client.get("/know/illness/")

    assert answer.headers["Cache-Control"] == "private, max-age=300"


@pytest.mark.django_db
def test_cards_still_open_when_the_database_is_down(client, monkeypatch):

    def broken(*args, **kwargs):
        raise OperationalError("down")

    monkeypatch.setattr(connection, "cursor", broken)

    assert client.get("/know/illness/").status_code == 200


def test_an_unknown_card_is_not_found(client, db):
    assert client.get("/know/nothing/").status_code == 404


@pytest.mark.django_db
def test_the_phone_is_that_of_the_town_whose_poster_was_scanned(client, city):
    before = client.get("/know/illness/").content.decode()

    client.get("/", {"v": "610702008001"})
    after = client.get("/know/illness/").content.decode()

    assert 'href="tel:12345"' in before.partition("<main")[2].partition("</main")[0]
    phone = regions.office_phone("610702008")
    assert f'href="tel:{phone}"' in after.partition("<main")[2].partition("</main")[0]
    assert regions.path_name("610702008") in after


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/know/", "/know/child-alone/"])
def test_a_first_load_weighs_little(client, path):
    page = client.get(path).content
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())

    whole = len(page) + sum(Path(finders.find(name)).stat().st_size for name in set(files))

    assert whole < 60_000


@pytest.mark.django_db
def test_large_text_is_the_rule_and_standard_text_a_choice(client):
    large = client.get("/know/").content.decode()

    client.post("/text-size/", {"text": "standard", "next": "/know/"})
    standard = client.get("/know/").content.decode()
    client.post("/text-size/", {"text": "large", "next": "/know/"})
    again = client.get("/know/").content.decode()

    assert ['class="resident standard"' in text for text in (large, standard, again)] == [
        False,
        True,
        False,
    ]


@pytest.mark.django_db
def test_the_switch_of_text_leads_nowhere_else(client):
    answer = client.post("/text-size/", {"text": "standard", "next": "https://elsewhere.example/"})

    assert answer["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/know/", "/know/illness/", "/know/test/", "/apply/"])
def test_the_button_that_reads_aloud_is_hidden_until_something_can_speak(client, path):
    text = client.get(path).content.decode()

    button = re.search(r"<button[^>]*data-doudi-listen[^>]*>", text)[0]

    assert " hidden " in button
    assert "ui/js/read_aloud.js" in text
