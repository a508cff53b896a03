"""The law over a register of a million households: NumPy and DuckDB, the same on every household.

Tuned OpenFisca was measured on twenty formulas of this shape (rules.md): about twice the CPU of
NumPy, which took 0.6 s a million then. Here the pack's own formulas run, three times as many.
"""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.law import ON, PLACES, ROOT, SEED, population
from doudi.policy.pack import load_pack
from doudi.policy.runners.arrays import RESULTS, needed
from doudi.policy.runners.arrays import run as run_arrays
from doudi.verification.engine import duck, homes

HOUSEHOLDS = 1_000_000
OPENFISCA_TWENTY = 1.2  # CPU s a million, twenty formulas: twice NumPy's 0.6 (rules.md)
TWENTY = 20


def run() -> dict[str, Any]:
    """The figures of one run."""
    many = int(os.environ.get("BENCH_HOUSEHOLDS", str(HOUSEHOLDS)))
    book = load_pack(ROOT / "doudi/packs/hanzhong").book
    books = [book.at(ON, county, area) for county, area in PLACES]
    columns, place = population(many, SEED)
    run_arrays(*_few(books))
    start = time.process_time()
    arrays = run_arrays(columns, books, place)
    by_arrays = time.process_time() - start
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as name:
        writer = homes.Writer(Path(name))
        writer.add(columns, place)
        writer.close()
        base = duck.Base(Path(name), large=True)
        start = time.process_time()
        homes.read(base, Path(name))
        homes.assess(base, books)
        by_sql = time.process_time() - start
        names = [quantity for quantity in RESULTS if quantity in arrays]
        rows = base.rows(f"select {', '.join(names)} from found order by home")  # noqa: S608
        base.close()
    found = np.array(rows, dtype=np.int64)
    wanted = np.stack([np.asarray(arrays[n], dtype=np.int64) for n in names], axis=1)
    formulas = len(needed(books, RESULTS))
    return {
        "seed": SEED,
        "households": many,
        "formulas": formulas,
        "NumPy columns, CPU s": round(by_arrays, 2),
        "DuckDB from Parquet, CPU s": round(by_sql, 2),
        "load of the machine, 1 minute": round(os.getloadavg()[0], 1),
        "households that differ": int((found != wanted).any(axis=1).sum()),
        "tuned OpenFisca as recorded, 20 formulas, CPU s": OPENFISCA_TWENTY,
        "NumPy, CPU s for 20 formulas of ours (at most 0.6)": round(
            by_arrays * TWENTY / formulas * 1_000_000 / many, 2
        ),
        "DuckDB, CPU s for 20 formulas of ours (at most 0.6)": round(
            by_sql * TWENTY / formulas * 1_000_000 / many, 2
        ),
    }


def _few(books: list[Any]) -> tuple[Any, ...]:
    columns, place = population(1000, SEED)
    return columns, books, place
