"""`make promises`: the long proofs; prints promise, N, result, negative control, seed, seconds."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.controls.shown import SHOWN_BY, without
from tests.crash.empty import CityDatabase
from tests.crash.harness import ROOT, Outcome
from tests.crash.rounds import bad, report, survive, too_early, unflushed
from tests.drills.migrating import LONGEST, at_once, released
from tests.drills.past import bring_back
from tests.drills.standby import promote, unwaited

SEED = 7
KILLS = 1000
LONG = os.environ | {"DOUDI_LONG": "1", "DOUDI_SCHEDULES": "1000"}  # bad days of the bank
# Promise -> the tests that show it in the ordinary run, negative controls included.
TESTS = {
    "P2 nobody is paid twice": "tests/benefits",
    "P2 money adds up on three sides": "tests/benefits/test_budget.py",
    "P3 a file is sent once, 1,000 bad days": "tests/benefits/test_schedules.py",
    "P24 the brake holds a shifted column": "tests/benefits/test_brake.py",
    "P4 no overwriting": "tests/cases",
    "P5 the journal shows every change": "tests/audit",
    "P6 role and region": "tests/house/test_matrix.py",
    "P9 the drill of a backup": "tests/backups",
    "P10 a cancelled wait is no success": "tests/drills",
    "P12 guessing is throttled": "tests/pages/gate/test_sign_in.py",
    "P13 nothing personal in logs": "tests/house/test_privacy.py",
    "P14 sealed at rest": "tests/vault",
    "P15 masked by default": "tests/house/test_masking.py",
    "P16 headers at every address": "tests/house/test_headers.py",
    "P17 every input has a clean answer": "tests/house/test_nasty_posts.py",
    "P18 uploads": "tests/attachments",
    "P18 tables": "tests/paper/test_workbooks.py",
    "P19 exports run no formula": "tests/exports",
    "P21 nothing sleeps for ever": "tests/controls/test_nothing_sleeps.py",
    "P22 the legal clock": "tests/policy/test_ten_years.py",
    "P23 a person sees what is held": "tests/redress/test_held.py",
    "each fails without its mechanism": "tests/controls/test_controls.py",
}


def _line(promise: str, n: object, result: str, control: str, seconds: float) -> None:
    print(
        f"{promise:<44} {n!s:>6}  {result:<28} {control:<26} {SEED:>4} {seconds:7.0f} s", flush=True
    )


def _submissions(
    kind: str,
    real: tuple[Outcome, dict[str, int]],
    control: tuple[Outcome, dict[str, int]],
) -> bool:
    """Prints one kind of database; true when nothing was lost and the control lost something."""
    outcome, found = real
    wrong, seen = bad(*real), bad(*control)
    _line(
        f"P1 no application lost ({kind})",
        outcome.kills.total(),
        f"{found['acknowledged']} acknowledged, {wrong} bad",
        f"{seen} of {control[1]['acknowledged']} seen bad",
        outcome.seconds,
    )
    print(f"   {report(*real)}\n   control: {report(*control)}", flush=True)
    whole = not found["journal_breaks"] and found["events"] == found["applications"]
    busy = found["acknowledged"] > 0 and not outcome.idle and not outcome.refusals
    return whole and busy and wrong == 0 and seen > 0


def _on_sqlite(folder: Path) -> bool:
    real = survive(folder / "home", kills=KILLS, drafts=6 * KILLS, seed=SEED)
    return _submissions("SQLite", real, too_early(folder / "control", seed=SEED))


def _on_postgresql(folder: Path) -> bool:
    with CityDatabase() as database:
        home = folder / "home"
        real = survive(home, kills=KILLS, drafts=4 * KILLS, seed=SEED, database=database)
    with CityDatabase() as database:
        control = unflushed(folder / "control", database, seed=SEED)
    return _submissions("PostgreSQL", real, control)


def _standby(folder: Path) -> bool:
    """P10: 20 primaries die under load; the control's standby is not waited for."""
    outcome, found, waits = promote(folder / "home", kills=20, seed=SEED)
    control, missed, _ = unwaited(folder / "control", kills=4, seed=SEED)
    _line(
        f"P10 a standby takes over ({max(waits):.1f} s at most)",
        outcome.kills.total(),
        f"{found['acknowledged']} acknowledged, {found['lost']} lost",
        f"{missed['lost']} of {missed['acknowledged']} lost",
        outcome.seconds,
    )
    print(f"   {report(outcome, found)}\n   control: {report(control, missed)}", flush=True)
    return bad(outcome, found) == 0 and outcome.kills.total() == 20 and missed["lost"] > 0


def _migrating(folder: Path) -> bool:
    """P11: a next release changes a table twenty times while people write it."""
    outcome, found = released(folder / "home", times=20, seed=SEED)
    control, _found = at_once(folder / "control", seed=SEED)
    _line(
        f"P11 tables change under load ({outcome.longest:.1f} s at most)",
        outcome.kills.total(),
        f"{found['acknowledged']} acknowledged, {outcome.retries.total()} failed",
        f"waits {control.longest:.1f} s",
        outcome.seconds,
    )
    calm = not outcome.retries and not outcome.refusals and outcome.longest < LONGEST
    return calm and bad(outcome, found) == 0 and outcome.idle == 0 and control.longest > LONGEST


def _past(_folder: Path) -> bool:
    """P9: the second before a disaster, from the base backup and the archived log."""
    past = bring_back()
    equal, seen = past.restored == past.before, past.control != past.before
    result = "equal rows and journal head" if equal else "DIFFERENT"
    control = "the disaster is seen" if seen else "NOTHING SEEN"
    _line("P9 a backup restores to a point in time", 1, result, control, past.seconds)
    return equal and seen


def _count(last: str) -> str:
    """How many tests passed, from pytest's last line."""
    found = re.search(r"(\d+) passed", last)
    return found[1] if found else "0"


def _control(promise: str) -> str:
    """What the promise's own tests say when its mechanism is taken away."""
    key = promise.split()[0]
    if key not in SHOWN_BY:
        return "within these tests"
    found = without()[key]
    return f"{found['failed']} of {sum(found.values())} fail without it"


def main() -> int:
    """Exit 0 when every promise held."""
    _line("promise", "N", "result", "negative control", 0)
    good = []
    for on in (_on_sqlite, _on_postgresql, _standby, _past, _migrating):
        with tempfile.TemporaryDirectory(prefix="doudi-p1-") as folder:
            good.append(on(Path(folder)))
    for promise, path in TESTS.items():
        began = time.monotonic()
        words = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", path]
        done = subprocess.run(
            words, cwd=ROOT, env=LONG, capture_output=True, text=True, check=False
        )
        last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "no output"
        seconds = time.monotonic() - began
        _line(promise, _count(last), last[:28], _control(promise), seconds)
        good.append(done.returncode == 0)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
