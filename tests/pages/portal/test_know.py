"""Policy cards: plain words, the figures of the day from the pack, and never a typed number."""

import datetime as dt
import re

import pytest
import yaml
from django.conf import settings
from django.db import OperationalError, connection

from doudi.portal.cards import FIGURE, LISTS, cards

ENTRIES = [
    yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((settings.DOUDI_PACK_DIR / "texts" / "cards").glob("*.yaml"))
]
DAY = dt.date(2022, 5, 9)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["key"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_amount_or_share_is_typed_into_a_card(entry, language):
    lines = [line for name in LISTS for line in entry[language][name]]

    typed = [
        line for line in lines if re.search(r"\d{2,}|\d+\s*(%|元|岁|倍)", FIGURE.sub("", line))
    ]

    assert typed == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_card_fills_its_figures(language):
    left = [c.key for c in cards(language, DAY) if "{" in str((c.lead, c.who, c.much, c.papers))]

    assert left == []
    assert len(cards(language, DAY)) == len(ENTRIES)


def test_the_standard_is_that_of_the_day():
    then = next(c for c in cards("zh", DAY) if c.key == "no-income")
    later = next(c for c in cards("zh", dt.date(2025, 11, 1)) if c.key == "no-income")

    assert "城市655元" in then.who[0]
    assert "城市675元" in later.who[0]


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
