"""An insider with twelve behaviours and five frauds, planted into a demo city: found, or missed.

`python -m bench.insider [--scale 0.01] [--seed 7] [--each 40]` builds a demonstration in a folder
of its own, plants, runs the rules of doubt, the comparison and the verifier of the journal, and
prints the table of docs/reference/insider.md.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"


def main(argv: list[str]) -> int:
    """Exit 0 when nothing that the rules promise to find was missed."""
    parser = argparse.ArgumentParser(prog="bench.insider", description=__doc__)
    parser.add_argument("--scale", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--each", type=int, default=40)
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="doudi-insider-") as home:
        os.environ |= {"DOUDI_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings.local"}
        # Django reads the folder when it is set up: only now.
        from bench import insider_city  # noqa: PLC0415

        figures = insider_city.play(Path(home), args)
    RESULTS.mkdir(exist_ok=True)
    out = json.dumps(figures, indent=1, ensure_ascii=False)
    (RESULTS / "insider.json").write_text(out + "\n", encoding="utf-8")
    print(insider_city.table(figures))
    return 0 if all(row["found"] >= row["promised"] for row in figures["planted"]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
