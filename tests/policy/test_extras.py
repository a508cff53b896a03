"""What comes beside the monthly amount: by household or by person, by month, by announcement."""

import datetime as dt
from dataclasses import replace

import pytest

from doudi.policy.rules.extras import extras_of
from tests.policy.build import PACK


def book(month, area="urban", **values):
    """The book of a month at Hantai, with other values where some are given."""
    law = PACK.book.at(dt.date.fromisoformat(f"{month}-01"), "610702", area)
    rows = {key.replace("__", "."): value for key, value in values.items()}
    moved = {key: replace(law.values[key], value=value) for key, value in rows.items()}
    return replace(law, values=dict(law.values) | moved)


def told(law, programme, persons, month):
    return [(extra.kind, extra.fen) for extra in extras_of(law, programme, persons, month)]


@pytest.mark.parametrize(
    ("programme", "persons", "expected"),
    [
        ("dibao", 3, [("heating", 120_000)]),
        ("tekun", 3, [("heating", 360_000)]),
        ("single_person", 1, []),
        ("temporary_aid", 3, []),
    ],
)
def test_heating_is_a_sum_a_household_for_dibao_and_a_sum_a_person_for_tekun(
    programme, persons, expected
):
    assert told(book("2022-11"), programme, persons, "2022-11") == expected


def test_while_prices_run_ahead_each_person_has_the_announced_sum_every_month():
    law = book("2022-07", price_link__person=2_500)

    months = {month: told(law, "dibao", 4, month) for month in ("2022-07", "2022-08")}

    assert months == {month: [("price_link", 10_000)] for month in months}
    assert told(book("2022-07"), "dibao", 4, "2022-07") == []


def test_every_extra_that_the_rules_can_give_has_its_words_in_the_pack():
    law = book("2022-11", price_link__person=2_500)

    given = {extra.kind for extra in extras_of(law, "dibao", 3, "2022-11")}

    assert given == {"heating", "price_link"} == set(PACK.extras)
