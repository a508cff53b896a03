"""P11: a next release changes the tables while people apply; nobody fails, nobody waits long.

The same applicants press the same button as in tests/crash; where the database dies there, the next
release's migrations run here. Control: the same change in one transaction keeps everybody waiting.
"""

from pathlib import Path

from tests.crash.empty import CityDatabase, home_of, python
from tests.crash.harness import Mixture, Outcome
from tests.crash.rounds import survive

RELEASES = Mixture(worker=0, master=0, database=100, pause=(0.2, 0.6))
SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
LONGEST = 2.0  # seconds that one press may take while the tables change


class Changing(CityDatabase):
    """A database whose tables the next release changes where another one is killed."""

    def __init__(self, folder: Path, *words: str) -> None:
        super().__init__()
        self.home, self.words = folder, words

    def strike(self) -> None:
        """Forward and back."""
        environment = home_of(self.home, self.address) | SETTINGS
        python("tests.drills.next_release", *self.words, environment=environment)


def released(folder: Path, *, times: int, seed: int) -> tuple[Outcome, dict[str, int]]:
    """What people saw while the tables changed so often, and what the database says."""
    return _round(folder, times, seed)


def at_once(folder: Path, *, seed: int) -> tuple[Outcome, dict[str, int]]:
    """Negative control: column, filling and lock in one transaction, once."""
    return _round(folder, 1, seed, "--at-once")


def _round(folder: Path, times: int, seed: int, *words: str) -> tuple[Outcome, dict[str, int]]:
    with Changing(folder, *words) as database:
        return survive(
            folder,
            kills=times,
            drafts=150 * times,
            seed=seed,
            database=database,
            mixture=RELEASES,
        )
