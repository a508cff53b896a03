"""P10: the primary dies under load and the standby takes over; nothing acknowledged is lost.

The same applicants press the same button as in tests/crash; where the database comes back there,
another one takes its place here. Control: a standby that is not waited for loses what it missed.
"""

from pathlib import Path

from tests.crash.harness import Mixture, Outcome
from tests.crash.rounds import survive
from tests.drills.pair import Pair

ONLY_THE_PRIMARY = Mixture(worker=0, master=0, database=100, pause=(0.5, 1.5))


def promote(folder: Path, *, kills: int, seed: int) -> tuple[Outcome, dict[str, int], list[float]]:
    """Each kill promotes the standby and builds another; what was seen, found, and the waits."""
    return _round(folder, Pair(synchronous=True, away_every=4), kills=kills, seed=seed)


def unwaited(folder: Path, *, kills: int, seed: int) -> tuple[Outcome, dict[str, int], list[float]]:
    """Negative control: the primary acknowledges while its standby hears nothing."""
    return _round(folder, Pair(synchronous=False, away_every=1), kills=kills, seed=seed)


def _round(
    folder: Path, pair: Pair, *, kills: int, seed: int
) -> tuple[Outcome, dict[str, int], list[float]]:
    with pair:
        outcome, found = survive(
            folder,
            kills=kills,
            drafts=200 * kills,
            seed=seed,
            database=pair,
            mixture=ONLY_THE_PRIMARY,
        )
    return outcome, found, pair.waits
