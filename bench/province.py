"""The province's exchange for a county's whole register, and a tenth of it: the same memory.

Each size runs in a process and a home of its own: the report goes out, a receipt for every line
comes back, then the province's holdings unchanged, and with every tenth household differing.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.tables import DOUDI, ROOT

SIZES = (2_500, 25_000)  # the largest county has some 22,000 awards
WORDS = {
    "out": "report made, wall s / CPU s",
    "file": "report, MB",
    "receipt": "receipt for every line, wall s / CPU s",
    "same": "holdings unchanged, wall s / CPU s",
    "differs": "every tenth differs, wall s / CPU s",
    "told": "differences told (0, then a tenth)",
    "peak": "peak memory before / after, MB",
}


def run() -> dict[str, Any]:
    """The figures of both sizes side by side."""
    found = [_one(size) for size in SIZES]
    figures: dict[str, Any] = {"awards": " | ".join(f"{size:,}" for size in SIZES)}
    for key, words in WORDS.items():
        figures[words] = " | ".join(str(one[key]) for one in found)
    figures["load at the end, two cores"] = round(os.getloadavg()[0], 1)
    return figures


def _one(size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "DJANGO_"))}
        home = plain | {"DOUDI_HOME": str(Path(folder) / "home")}
        subprocess.run(
            [*DOUDI, "demo", "--empty"], cwd=ROOT, env=home, check=True, stdout=sys.stderr
        )
        words = [sys.executable, "-m", "bench.province_one", str(size)]
        home["DJANGO_SETTINGS_MODULE"] = "config.settings.local"
        done = subprocess.run(words, cwd=ROOT, env=home, check=True, stdout=subprocess.PIPE)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures
