"""The law's pace: one explained household, and a million by columns beside a plain loop."""

import datetime as dt
import json
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np

from doudi.policy import codes
from doudi.policy.assess import assess
from doudi.policy.book import Book
from doudi.policy.facts import HouseholdFacts, parse_household
from doudi.policy.pack import load_pack
from doudi.policy.runners.arrays import RESULTS, Columns, columns_of
from doudi.policy.runners.arrays import run as run_columns
from doudi.policy.runners.one_household import work

ROOT = Path(__file__).resolve().parent.parent
ON = dt.date(2022, 6, 1)
HOUSEHOLDS = 1_000_000
SAMPLE = 10_000
SEED = 7
PLACES = (("610702", "urban"), ("610728", "rural"))


def _facts() -> HouseholdFacts:
    text = (ROOT / "docs/examples/ren.json").read_text(encoding="utf-8")
    return parse_household(json.loads(text))


def _median_ms(times: int, facts: HouseholdFacts, book: Book) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        assess(facts, book, explain=True)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent) * 1000


def _fen(dice: np.random.Generator, count: int, share: float, most: int) -> Any:
    """Amounts for a share of the people, nothing for the rest."""
    return dice.integers(0, most, count) * (dice.random(count) < share)


def population(count: int, seed: int) -> tuple[Columns, Any]:
    """So many invented households (about 2.4 persons each) as columns, and the place of each."""
    dice = np.random.default_rng(seed)
    sizes = dice.choice([1, 2, 3, 4, 5], count, p=[0.3, 0.3, 0.2, 0.1, 0.1])
    people = int(sizes.sum())
    place = dice.integers(0, len(PLACES), count)
    incomes = tuple(_fen(dice, people, 0.12, 2_400_000) for _ in codes.INCOMES)
    disabled = dice.random(people) < 0.1
    member = {
        "age": dice.integers(0, 95, people),
        "excluded": dice.integers(0, 7, people) * (dice.random(people) < 0.02),
        "disability_kind": dice.integers(1, 8, people) * disabled,
        "disability_grade": dice.integers(1, 5, people) * disabled,
        "serious_illness": dice.random(people) < 0.05,
        "employed": dice.random(people) < 0.3,
        "supporter": dice.integers(0, 3, people),
        "special": dice.integers(0, len(codes.SPECIAL), people) * (dice.random(people) < 0.01),
        "self_care_failed": dice.integers(0, 7, people) * (dice.random(people) < 0.1),
        "income_by_kind": incomes,
        "income_wage": incomes[0],
    }
    member |= {f"expense_{k}": _fen(dice, people, 0.1, 800_000) for k in codes.EXPENSES}
    event = dice.random(count) < 0.05
    household = {
        "area_urban": place == 0,
        "residential": dice.random(count) < 0.01,
        "deduct": 1,
        "money_assets": _fen(dice, count, 0.5, 3_000_000),
        "vehicles_counted": (dice.random(count) < 0.05).astype(np.int64),
        "homes_counted": dice.integers(0, 3, count),
        "companies_count": (dice.random(count) < 0.02).astype(np.int64),
        "machines_count": (dice.random(count) < 0.01).astype(np.int64),
        "event_kind": dice.integers(1, 3, count) * event,
        "event_repeated": dice.random(count) < 0.01,
        "event_own_cost": _fen(dice, count, 0.05, 9_000_000),
        "event_persons": sizes * event,
        "event_months": dice.integers(0, 9, count) * event,
    }
    return Columns(household, member, sizes), place


def _loop_seconds(facts: HouseholdFacts, book: Book) -> float:
    """CPU seconds of the plain loop, on a sample of households of three."""
    start = time.process_time()
    for _ in range(SAMPLE):
        work(facts, book)
    return time.process_time() - start


def run(households: int = HOUSEHOLDS) -> dict[str, Any]:
    """Figures of one run; the loop's million is scaled from its sample."""
    book_of_policy = load_pack(ROOT / "doudi/packs/hanzhong").book
    books = [book_of_policy.at(ON, county, area) for county, area in PLACES]
    facts = _facts()
    _median_ms(200, facts, books[0])
    columns, place = population(households, SEED)
    warm, warm_place = population(1_000, SEED)
    run_columns(warm, books, warm_place)
    start = time.process_time()
    found = run_columns(columns, books, place)
    spent = time.process_time() - start
    million = _loop_seconds(facts, books[0]) / SAMPLE * households
    same = run_columns(columns_of([facts], books[:1]), books[:1], np.zeros(1, dtype=int))
    assert int(same["dibao_amount"][0]) == 167_000
    return {
        "one explained household, ms (median of 2000)": round(_median_ms(2000, facts, books[0]), 3),
        "households": households,
        "persons": int(columns.sizes.sum()),
        "columns, CPU s": round(spent, 2),
        "plain loop, CPU s (scaled from a sample)": round(million, 1),
        "ratio loop / columns": round(million / spent, 1),
        "dibao households found": int((found["dibao_outcome"] == 2).sum()),
        "quantities kept": len([name for name in RESULTS if name in found]),
    }


if __name__ == "__main__":
    for label, figure in run().items():
        print(f"{label:<48} {figure}")
