"""The platform's pace: ingest, and the comparison beside the bare scan and beside pandas.

One process, CPU seconds; BENCH_CITY sets the share of the city (default 0.1, the whole is 1.0).
"""

import datetime as dt
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import yaml

from bench import beside, city
from bench.city import City
from doudi.policy.codes import AREAS
from doudi.policy.pack import load_pack
from doudi.verification.engine import duck, evidence, homes, intake, matching
from doudi.verification.engine.compare import Comparison, Found, Parts
from doudi.verification.engine.contract import contracts
from doudi.verification.engine.signals import Definitions
from doudi.verification.engine.unregistered import Unregistered

ON = dt.date(2022, 6, 1)
SEED = 7
ASKED_TIMES = 200


def told(name: str) -> dict[str, Any]:
    """One file of the pack's signals."""
    return yaml.safe_load((city.PACK / "signals" / name).read_text(encoding="utf-8"))


def definitions() -> Definitions:
    """What a run asks."""
    return Definitions(told("definitions.yaml"), told("comparison.yaml"), ON)


def _spent(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    answer = work()
    return time.process_time() - start, answer


def _peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def run() -> dict[str, Any]:
    """The figures of one run."""
    scale = float(os.environ.get("BENCH_CITY", "0.1"))
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as name:
        return {"share of the city": scale, "seed": SEED, **_run(Path(name), scale)}


def _run(folder: Path, scale: float) -> dict[str, Any]:
    scaling = {f"comparison at {s:.0%} of that": _smaller(folder, scale * s) for s in (0.1, 0.3)}
    making, whole = _spent(lambda: city.build(folder, contracts(_contracts()), scale, SEED))
    figures, parts = _take_in(whole)
    figures["people made, CPU s"] = round(making, 1)
    matched, tiers = _match(whole)
    city.register(whole, matched)
    scan, _ = _spent(lambda: _scan(parts))
    ours, (found, facts, signals) = _spent(lambda: _compare(whole, parts))
    rows = figures["rows delivered (28 items, CSV)"]
    figures |= {"comparison peak, MB": _peak(), **scaling, "comparison at 100 %": _pace(ours, rows)}
    pandas, (theirs, counted) = _spent(
        lambda: beside.pandas(folder, parts, told("comparison.yaml"), ON)
    )
    mine = _keys(found)
    same = all(theirs[signal] == mine.get(signal, set()) for signal in theirs)
    return {
        **figures,
        "people in scope": whole.people.listed,
        "bare scan of the same columns, CPU s": round(scan, 2),
        "comparison with sources and facts, CPU s": round(ours, 2),
        "pandas, CPU s": round(pandas, 2),
        "signals with their source rows alone, CPU s": round(signals, 2),
        "comparison / scan (at most 4)": round(ours / scan, 2),
        "pandas / comparison (at least 3)": round(pandas / ours, 2),
        "pandas finds the same people and fact rows": same and counted == facts,
        "households found": len(found),
        "source rows of facts": sum(facts.values()),
        **_evidence(whole, parts),
        **tiers,
        **_quality(whole, mine),
        **_eligible(whole, parts),
    }


def _contracts() -> Path:
    return city.PACK / "catalog/contracts.yaml"


def _take_in(whole: City) -> tuple[dict[str, Any], Parts]:
    """Every delivery written and taken in; CPU seconds of each and the peak."""
    parts: dict[str, list[tuple[str, Path]]] = {}
    terms = intake.Terms(dt.date(2022, 5, 31), city.HIDE, True)
    writing = taking = 0.0
    rows = accepted = 0
    deliveries = city.write(whole, as_csv=True)
    while True:
        spent, file = _spent(lambda: next(deliveries, None))
        writing += spent
        if file is None:
            break
        target = whole.folder / f"item={file.item}" / str(file.sequence) / "rows.parquet"
        with tempfile.TemporaryDirectory(dir=whole.folder) as work:
            spent, loaded = _spent(
                lambda at=Path(work), f=file: intake.load(  # type: ignore[misc]
                    f.path, whole.contracts[f.item], terms, at
                )
            )
            taking += spent
            intake.put_away(Path(work), target)
        file.path.unlink()
        rows, accepted = rows + file.rows, accepted + loaded.accepted
        if (file.item, file.sequence) != ("G07", 2):  # shifted: the plausibility holds it
            parts.setdefault(file.item, []).append((str(file.sequence), target))
    figures = {
        "rows delivered (28 items, CSV)": rows,
        "rows taken": accepted,
        "deliveries written, CPU s": round(writing, 1),
        "ingest, CPU s": round(taking, 1),
        "ingest rows per CPU s (at least 300,000)": round(rows / taking),
        "ingest peak, MB (at most 1500)": _peak(),
    }
    return figures, parts


def _match(whole: City) -> tuple[list[dict], dict[str, Any]]:
    """Rows with a wrong number: what counts alone, and recall and precision of each tier."""
    path = whole.folder / "item=G22" / "1" / "unmatched.parquet"
    spent, known = _spent(lambda: matching.Register(city.known(whole)))
    rows = list(matching.lost_rows(path))
    matches, candidates = _spent(lambda: [c for row in rows for c in known.candidates(row)])
    truth = city.wrong_rows(whole)
    keys = whole.keys
    alone = [
        {"delivery": "1", "row_no": c.row_no, "person_key": int(keys[int(c.person)])}
        for c in candidates
        if c.alone
    ]
    figures: dict[str, Any] = {
        "register opened for matching, CPU s": round(spent, 2),
        "rows to match": len(rows),
        "matching, ms a row": round(1000 * matches / max(1, len(rows)), 3),
    }
    for tier in matching.TIERS:
        mine = [c for c in candidates if c.tier == tier]
        right = sum(truth.get(c.row_no) == int(c.person) for c in mine)
        if mine:
            figures[f"tier {tier}: right / proposed"] = f"{right} / {len(mine)}"
    reached = {c.row_no for c in candidates if truth.get(c.row_no) == int(c.person)}
    figures["typing errors: recall of all tiers"] = round(len(reached) / max(1, len(truth)), 4)
    return alone, figures


def _touch(path: Path, name: str) -> str:
    """An aggregate that must read every value: min, max and count come from the file's footer."""
    kind = str(intake.pq.read_schema(path).field(name).type)
    if kind.startswith("date"):
        return f"sum(\"{name}\" - date '2000-01-01')"
    return f'sum("{name}")' if kind.startswith(("int", "double")) else f'sum(strlen("{name}"))'


def _scan(parts: Parts) -> None:
    with duckdb.connect(config={"threads": 2}) as base:
        for item, names in definitions().columns.items():
            for _delivery, path in parts[item]:
                read = ", ".join(_touch(path, name) for name in ("person_key", "row_no", *names))
                base.execute(f"select {read} from '{path}'").fetchall()  # noqa: S608


def _smaller(folder: Path, scale: float) -> str:
    """The comparison of a smaller city, for the growth of time with the data."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        whole = city.build(Path(name), contracts(_contracts()), scale, SEED)
        figures, parts = _take_in(whole)
        city.register(whole)
        spent, _ = _spent(lambda: _compare(whole, parts))
        return _pace(spent, figures["rows delivered (28 items, CSV)"])


def _pace(spent: float, rows: int) -> str:
    return f"{spent:.2f} CPU s, {spent / rows * 1_000_000:.3f} a million rows"


def _compare(whole: City, parts: Parts) -> tuple[list[Found], dict[str, int], float]:
    start = time.process_time()
    base = duck.Base(whole.folder)
    made = Comparison(base, parts, whole.contracts, whole.folder, definitions())
    try:
        found = made.run()
        signals = time.process_time() - start
        return found, made.facts(whole.folder / "facts.parquet"), signals
    finally:
        made.close()


def _keys(found: list[Found]) -> dict[str, set[int]]:
    keys: dict[str, set[int]] = {}
    for home in found:
        for source in home.sources:
            keys.setdefault(source.signal, set()).add(source.person_key)
    return keys


def _quality(whole: City, found: dict[str, set[int]]) -> dict[str, Any]:
    """Recall and precision of each signal over everybody planted."""
    figures = {}
    planted = whole.truths.people(whole.people)
    planted["X5"] = set(whole.people.key[city.twice(whole)].tolist())
    for signal, keys in sorted(planted.items()):
        wanted = set(city.HIDE(np.array(sorted(keys), dtype=np.int64)).tolist())
        mine = found.get(signal, set())
        right = len(wanted & mine)
        recall, precision = right / max(1, len(wanted)), right / max(1, len(mine))
        figures[f"{signal}: planted / found / recall / precision"] = (
            f"{len(wanted)} / {len(mine)} / {recall:.4f} / {precision:.4f}"
        )
    return figures


def _evidence(whole: City, parts: Parts) -> dict[str, Any]:
    """A report's rows: of people in scope, and of anybody, over all items; p95 in wall time."""
    base = duck.Base(whole.folder)
    base.file("who", whole.folder / "who.parquet")
    out = whole.folder / "evidence.parquet"
    spent, _ = _spent(lambda: evidence.write(base, parts, whole.contracts, out))
    base.close()
    dice = np.random.default_rng(SEED)
    keys = whole.keys
    inside = dice.integers(0, whole.people.listed - 2, ASKED_TIMES)
    outside = dice.integers(whole.people.listed, len(keys) - 3, ASKED_TIMES)
    known = [_timed(evidence.of_run, out, keys[n : n + 2].tolist()) for n in inside]
    evidence.of_lake(parts, whole.contracts, keys[:1].tolist())
    new = [
        _timed(evidence.of_lake, parts, whole.contracts, keys[n : n + 3].tolist()) for n in outside
    ]
    return {
        "evidence written, CPU s": round(spent, 1),
        "report in scope, ms p50 / p95 (at most 50)": _p50_p95(known),
        "new applicant, 28 items, ms p50 / p95 (at most 300)": _p50_p95(new),
    }


def _timed(work: Callable[..., Any], *words: Any) -> float:
    start = time.perf_counter()
    work(*words)
    return (time.perf_counter() - start) * 1000


def _p50_p95(spent: list[float]) -> str:
    return f"{np.percentile(spent, 50):.1f} / {np.percentile(spent, 95):.1f}"


def _eligible(whole: City, parts: Parts) -> dict[str, Any]:
    """Families that never applied: the law over everybody who is on no register."""
    start = time.process_time()
    codes = city.villages()
    counties = sorted({code[:6] for code in codes})
    book = load_pack(city.PACK).book
    books = [book.at(ON, county, area) for county in counties for area in AREAS]
    places = {code: 2 * counties.index(code[:6]) + 1 for code in codes}
    base = duck.Base(whole.folder, large=True)
    base.file("who", whole.folder / "who.parquet")
    reading = Unregistered(told("unregistered.yaml"), told("comparison.yaml"), ON)
    homes.never_applied(base, parts, whole.contracts, reading, places)
    homes.assess(base, books)
    rows = base.rows(
        "select h.number from homes h join found f on f.home = h.home where f.dibao_outcome = 2"
    )
    many = base.rows("select count(*) from homes")[0][0]
    base.close()
    found = {int(str(number).split("-")[1]) for (number,) in rows}
    wanted = set(whole.truths.eligible.tolist())
    right = len(found & wanted)
    shutil.rmtree(whole.folder / "spill", ignore_errors=True)
    return {
        "families on no register assessed": many,
        "their facts and the law, CPU s": round(time.process_time() - start, 1),
        "eligible, never applied: planted / found / recall / precision": (
            f"{len(wanted)} / {len(found)} / {right / max(1, len(wanted)):.4f}"
            f" / {right / max(1, len(found)):.4f}"
        ),
        "peak of everything, MB": _peak(),
    }
