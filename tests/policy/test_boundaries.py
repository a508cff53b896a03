"""Households exactly on, one fen below and one fen above every limit: both runners agree."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from doudi.kernel.money import plain_yuan
from doudi.policy.facts import HouseholdFacts, parse_household
from doudi.policy.runners.arrays import columns_of, run
from doudi.policy.runners.one_household import work
from tests.policy.build import PACK, household
from tests.policy.by_sql import run_sql

TOWNS = (("urban", "610702008"), ("rural", "610728104"))
DAYS = ("2022-06-01", "2022-10-20", "2025-01-01", "2025-10-01")


def _edge(on: str, place: int, persons: int) -> list[HouseholdFacts]:
    """Net income and money on each limit of the day, each one fen to either side."""
    area, region = TOWNS[place]
    book = PACK.book.at(parse_household(household({"at": on})).on, region[:6], area)
    year = book.whole("dibao.standard") * 12 * persons
    bands = book.value("dibao.bands")
    assert isinstance(bands, tuple)
    gaps = [year - band * 12 * persons for band in bands]
    incomes = [year, year * 3 // 2, book.whole("income.disposable") * persons, *gaps]
    monies = [0, year * 2, year * 3]
    people: list[dict[str, Any]] = [
        {"disability": {"kind": "visual", "grade": 2}},
        {},
        {"born": "2010-01-01"},
    ]
    facts = []
    for income, money, by_fen in itertools.product(incomes, monies, (-1, 0, 1)):
        yuan, assets = (plain_yuan(max(0, amount + by_fen)) for amount in (income, money))
        first = {**people[0], "income": {"wage": yuan}}
        short = {
            "at": on,
            "area": area,
            "region": region,
            "members": [first, *people[1:persons]],
            "property": {"money_yuan": assets},
            "event": {"kind": "expenditure"},
        }
        facts.append(parse_household(household(short)))
    return facts


@pytest.mark.parametrize("on", DAYS)
def test_the_three_runners_agree_on_every_limit(on: str) -> None:
    batch = [f for place in (0, 1) for persons in (1, 2, 3) for f in _edge(on, place, persons)]
    places = np.array([TOWNS.index((f.area, f.region)) for f in batch])
    books = [PACK.book.at(batch[0].on, region[:6], area) for area, region in TOWNS]
    used = [books[place] for place in places]

    columns = run(columns_of(batch, used), books, places)

    alone = [work(f, book).household for f, book in zip(batch, used, strict=True)]
    assert len(batch) > 200
    for name, values in columns.items():
        assert values.tolist() == [int(one[name]) for one in alone]
    assert run_sql(batch, books, places.tolist()) == {n: v.tolist() for n, v in columns.items()}
    assert {0, 1, 2} <= set(columns["dibao_outcome"].tolist())


def test_a_parameter_that_differs_by_county_enters_as_a_column() -> None:
    elder = {"born": "1950-01-01", "supporter": "none"}
    facts = [
        parse_household(household({"region": region, "members": [elder]}))
        for region in ("610702008", "610728104")
    ]
    books = [PACK.book.at(f.on, f.county, f.area) for f in facts]
    dearer = replace(books[1].parameter("care.dispersed"), value=(1000, 2000, 3500))
    books[1] = replace(books[1], values={**books[1].values, "care.dispersed": dearer})

    found = run(columns_of(facts, books), books, np.array([0, 1]))

    assert found["tekun_total"].tolist() == [85_500 + 5_550, 85_500 + 17_500]
    assert run_sql(facts, books, [0, 1])["tekun_total"] == found["tekun_total"].tolist()


def test_books_of_two_days_are_not_mixed() -> None:
    facts = parse_household(household({}))
    books = [PACK.book.at(on, "610702", "urban") for on in (facts.on, facts.on.replace(day=2))]

    with pytest.raises(ValueError, match="one day"):
        run(columns_of([facts], books[:1]), books, np.array([0]))
