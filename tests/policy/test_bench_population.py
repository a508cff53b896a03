"""The benchmark's invented households carry whatever a rule asks for."""

import datetime as dt

from bench.law import PLACES, population
from doudi.policy.runners.arrays import run
from tests.policy.build import PACK


def test_every_rule_can_be_timed_on_the_invented_households():
    columns, place = population(500, seed=7)
    book = PACK.book
    books = [book.at(dt.date(2022, 6, 1), county, area) for county, area in PLACES]

    found = run(columns, books, place)

    assert len(found["dibao_amount"]) == 500
    assert 0 < (found["dibao_amount"] > 0).sum() < 500
