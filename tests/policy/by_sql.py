"""The law by SQL, as `doudi assess-register` runs it: for the tests of equal runners."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from doudi.policy.book import Book
from doudi.policy.facts import HouseholdFacts
from doudi.policy.runners.arrays import columns_of
from doudi.verification.engine import duck, homes


def run_sql(
    batch: Sequence[HouseholdFacts], books: Sequence[Book], places: Sequence[int]
) -> dict[str, list[int]]:
    """Every quantity of every household, by DuckDB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        writer = homes.Writer(folder)
        writer.add(columns_of(batch, [books[place] for place in places]), list(places))
        writer.close()
        base = duck.Base(folder)
        homes.read(base, folder)
        homes.assess(base, books)
        names = homes.results(books)
        rows = base.rows(f"select {', '.join(names)} from found order by home")  # noqa: S608
        base.close()
    found = np.array(rows, dtype=np.int64)
    return {name: found[:, place].tolist() for place, name in enumerate(names)}
