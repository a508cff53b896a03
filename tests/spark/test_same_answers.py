"""Spark on a master and two workers answers as DuckDB and NumPy do, household by household."""

import datetime as dt
import tempfile
from pathlib import Path

import numpy as np
import pytest
import yaml

from bench import city
from bench.law import ON, PLACES, ROOT, population
from doudi.policy.codes import AREAS
from doudi.policy.pack import load_pack
from doudi.policy.runners.arrays import run
from doudi.verification.engine import compare, duck, homes, intake, spark
from doudi.verification.engine.contract import contracts
from doudi.verification.engine.signals import Definitions
from doudi.verification.engine.unregistered import Unregistered

SCALE = 0.01


def told(name: str) -> dict:
    return yaml.safe_load((city.PACK / "signals" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The city at a hundredth of its size, taken in."""
    folder = tmp_path_factory.mktemp("city")
    agreed = contracts(city.PACK / "catalog/contracts.yaml")
    whole = city.build(folder, agreed, SCALE)
    city.register(whole)
    parts: dict[str, list[tuple[str, Path]]] = {}
    terms = intake.Terms(dt.date(2022, 5, 31), city.HIDE, True)
    for file in city.write(whole, as_csv=False):
        with tempfile.TemporaryDirectory(dir=folder) as work:
            intake.load(file.path, agreed[file.item], terms, Path(work))
            target = folder / f"item={file.item}" / str(file.sequence) / "rows.parquet"
            intake.put_away(Path(work), target)
        if (file.item, file.sequence) != ("G07", 2):  # shifted: held by the plausibility
            parts.setdefault(file.item, []).append((str(file.sequence), target))
    return whole, parts


def test_the_comparison_is_the_same_with_every_source_row(made, tmp_path):
    whole, parts = made
    asked = Definitions(told("definitions.yaml"), told("comparison.yaml"), ON)
    answers = {}

    for engine in (duck, spark):
        run_ = compare.Comparison(
            engine.Base(tmp_path), parts, whole.contracts, whole.folder, asked
        )
        facts = run_.facts(tmp_path / f"{engine.__name__}.parquet")
        answers[engine] = (compare.answer_hash(run_.run()), facts)
        run_.close()

    assert answers[duck] == answers[spark]
    assert sum(answers[spark][1].values()) > 10_000


def test_the_law_is_the_same_on_numpy_duckdb_and_spark(tmp_path):
    book = load_pack(ROOT / "doudi/packs/hanzhong").book
    books = [book.at(ON, county, area) for county, area in PLACES]
    columns, place = population(3000, seed=11)
    writer = homes.Writer(tmp_path)
    writer.add(columns, place)
    writer.close()
    numpy = run(columns, books, place)
    names = homes.results(books)
    found = []

    for engine in (duck, spark):
        base = engine.Base(tmp_path)
        homes.read(base, tmp_path)
        homes.assess(base, books)
        rows = base.rows(f"select {', '.join(names)} from found order by home")  # noqa: S608
        found.append(np.array(rows, dtype=np.int64))
        base.close()

    wanted = np.stack([np.asarray(numpy[name], dtype=np.int64) for name in names], axis=1)
    assert (found[0] == wanted).all()
    assert (found[1] == wanted).all()


def test_families_that_never_applied_are_the_same_and_are_the_planted_ones(made, tmp_path):
    whole, parts = made
    book = load_pack(ROOT / "doudi/packs/hanzhong").book
    codes = city.villages()
    counties = sorted({code[:6] for code in codes})
    books = [book.at(ON, county, area) for county in counties for area in AREAS]
    places = {code: 2 * counties.index(code[:6]) + 1 for code in codes}
    reading = Unregistered(told("unregistered.yaml"), told("comparison.yaml"), ON)
    found = []

    for engine in (duck, spark):
        base = engine.Base(tmp_path)
        base.file("who", whole.folder / "who.parquet")
        homes.never_applied(base, parts, whole.contracts, reading, places)
        homes.assess(base, books)
        numbers = base.rows(
            "select h.number from homes h join found f on f.home = h.home where f.dibao_outcome = 2"
        )
        found.append({int(number.split("-")[1]) for (number,) in numbers})
        base.close()

    assert found[0] == found[1] == set(whole.truths.eligible.tolist())
