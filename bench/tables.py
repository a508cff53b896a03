"""A table of 83,000 rows in, out and in again, and a tenth of it: the same memory.

Each size runs in a process and a home of its own: a household register is checked, taken in and
undone; a group's list is checked and taken in, its ledger taken out whole, and that file checked
again, which must find every single row to be here already.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (8_300, 83_000)
DOUDI = [sys.executable, "-m", "doudi.commands.main"]
WORDS = {
    "check_s": "register checked, s",
    "longest_turn_s": "longest turn of the worker, s",
    "take_in_s": "taken in by the worker, s",
    "undo_s": "undone by the worker, s",
    "export_s": "ledger taken out, s",
    "again_s": "that file checked again, s",
    "peak_mb": "peak memory, MB",
}


def run() -> dict[str, Any]:
    """The figures of both sizes side by side."""
    found = {size: _one(size) for size in SIZES}
    figures: dict[str, Any] = {"rows": " / ".join(f"{size:,}" for size in SIZES)}
    for key, words in WORDS.items():
        figures[words] = " / ".join(str(found[size][key]) for size in SIZES)
    figures["peak memory, ratio"] = round(
        found[SIZES[1]]["peak_mb"] / found[SIZES[0]]["peak_mb"], 2
    )
    figures["rows known again"] = " / ".join(str(found[size]["known"]) for size in SIZES)
    figures["load at the end, two cores"] = round(os.getloadavg()[0], 1)
    figures["registers empty after undo"] = all(found[size]["clean"] for size in SIZES)
    return figures


def _one(size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="doudi-tables-") as folder:
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "DJANGO_"))}
        home = plain | {"DOUDI_HOME": str(Path(folder) / "home")}
        subprocess.run([*DOUDI, "demo", "--empty"], cwd=ROOT, env=home, check=True)
        words = [sys.executable, "-m", "bench.tables_one", str(size), folder]
        home["DJANGO_SETTINGS_MODULE"] = "config.settings.local"
        done = subprocess.run(words, cwd=ROOT, env=home, check=True, stdout=subprocess.PIPE)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def timed(work: Callable[[], Any]) -> float:
    """Seconds that the work took."""
    begun = time.monotonic()
    work()
    return round(time.monotonic() - begun, 1)


def peak_mb() -> int:
    """The most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
