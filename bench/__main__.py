"""`make bench`: runs every benchmark, prints one table, keeps the figures in bench/results/."""

import json
import platform
import sys
from pathlib import Path

from bench import compare, law, tables, takeover

BENCHES = {
    "law": law.run,
    "compare": compare.run,
    "takeover": takeover.run,
    "tables": tables.run,
}
RESULTS = Path(__file__).resolve().parent / "results"


def main() -> int:
    """Writes one JSON file a benchmark."""
    RESULTS.mkdir(exist_ok=True)
    for name, bench in BENCHES.items():
        figures = {"python": platform.python_version(), **bench()}
        (RESULTS / f"{name}.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False))
        print(f"\n{name}")
        for key, value in figures.items():
            print(f"  {key:<44} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
