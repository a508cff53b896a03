"""`make bench`: runs every benchmark, prints one table, keeps the figures in bench/results/.

Words name some of them: `python -m bench law register`. docs/reference/bench.md shows them all.
BENCH_RESULTS is another folder for the figures of a trial; the page then stays as it is.
"""

import json
import os
import platform
import sys
from pathlib import Path

from bench import compare, desk, law, province, register, roll, tables, takeover, whole

BENCHES = {
    "law": law.run,
    "register": register.run,
    "compare": compare.run,
    "whole": whole.run,
    "tables": tables.run,
    "province": province.run,
    "takeover": takeover.run,
    "roll": roll.run,
    "desk": desk.run,
}
PAGE = """<!-- written by `make bench`; do not edit -->
# Benchmarks

CPU seconds of one process, everything of a page side by side in one run; ratios count, not speeds.
`BENCH_CITY` is the share of the city (3.2 million residents, 28 items, 26 million rows)."""
KEPT = Path(__file__).resolve().parent / "results"
RESULTS = Path(os.environ.get("BENCH_RESULTS", KEPT))


def main() -> int:
    """Writes one JSON file a benchmark."""
    RESULTS.mkdir(exist_ok=True)
    for name in sys.argv[1:] or BENCHES:
        figures = {**_machine(), **BENCHES[name]()}
        (RESULTS / f"{name}.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False))
        print(f"\n{name}")
        for key, value in figures.items():
            print(f"  {key:<44} {value}")
    if RESULTS == KEPT:
        _page()
    return 0


def _machine() -> dict[str, str]:
    cores = f"{os.cpu_count()} cores, {platform.machine()}"
    return {"python": platform.python_version(), "machine": cores}


def _page() -> None:
    """The newest figures of every benchmark as one page."""
    lines = [PAGE]
    for path in sorted(RESULTS.glob("*.json")):
        if path.stem == "desk":  # docs/reference/query-plans.md shows it with its plans
            continue
        figures = json.loads(path.read_text())
        lines += [f"\n## {path.stem}\n", "| | |", "|---|---|"]
        lines += [f"| {key} | {value} |" for key, value in figures.items()]
    target = RESULTS.parent.parent / "docs/reference/bench.md"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
