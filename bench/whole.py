"""The whole city as an office would have it: built, compared, and its findings made work.

BENCH_CITY is its share (1.0 takes some twenty minutes and 2 GB of disk); BENCH_HOME names a city
that `doudi demo --scale …` has built already, which nobody has compared yet.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.tables import timed

ROOT = Path(__file__).resolve().parent.parent
DOUDI = [sys.executable, "-m", "doudi.commands.main"]


def run() -> dict[str, Any]:
    """The figures of one run; a process of its own for each part, so that its peak is its own."""
    scale = float(os.environ.get("BENCH_CITY", "0.01"))
    given = os.environ.get("BENCH_HOME")
    if given:
        return {"share of the city": scale, **_worked(Path(given))}
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        home = Path(folder) / "home"
        return {"share of the city": scale, **_built(home, scale), **_worked(home)}


def _environment(home: Path) -> dict[str, str]:
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "DJANGO_"))}
    return plain | {"DOUDI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings.local"}


def _built(home: Path, scale: float) -> dict[str, Any]:
    words = [*DOUDI, "demo", "--scale", str(scale), "--items"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = timed(
        lambda: subprocess.run(
            words, cwd=ROOT, env=_environment(home), check=True, stdout=sys.stderr
        )
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    return {
        "built, wall s / CPU s": f"{wall:.0f} / {spent:.0f}",
        "built, peak MB": after.ru_maxrss // 1024,
        "on disk, MB": size >> 20,
    }


def _worked(home: Path) -> Mapping[str, Any]:
    words = [sys.executable, "-m", "bench.whole_one"]
    done = subprocess.run(
        words, cwd=ROOT, env=_environment(home), check=True, stdout=subprocess.PIPE
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures
