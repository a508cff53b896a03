"""Kills workers and the bank while three months are prepared, sent, returned and paid again."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.crash.database import Database
from tests.crash.empty import home_of, lay_down, python
from tests.crash.harness import ROOT, free_port

WORKERS = 3


class Process:
    """A process that is killed and comes back."""

    def __init__(self, words: list[str], environment: dict[str, str], log: Path) -> None:
        self.words, self.environment, self.log = words, environment, log
        self.start()

    def start(self) -> None:
        """Begins, or begins again."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.words, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """SIGKILL, and gone."""
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()


def survive(
    folder: Path, *, kills: int, seed: int, share: float = 0.0004,
    without: bool = False, database: Database | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One run on an empty city; what the judge found, with how many were killed.

    `without` takes the database's constraint away, the control of P2.
    """
    lay_down(folder, database)
    port = free_port()
    environment = home_of(folder, database.address if database else "")
    environment |= {"DOUDI_BANK_URL": f"http://127.0.0.1:{port}"}
    control = ["without"] if without else []
    module = "tests.crash.money_worker"
    python(module, "prepare", str(share), *control, environment=environment)
    bank = Process(
        [sys.executable, "-m", "doudi.commands.main", "bank-simulator", "--port", str(port)]
        + ["--book", str(folder / "book"), "--seed", str(seed)],
        environment,
        folder / "bank.log",
    )
    people = [
        Process([sys.executable, "-m", module, "work", str(seed + n)], environment, folder / "log")
        for n in range(WORKERS)
    ]
    dice = random.Random(seed)
    try:
        for number in range(kills):
            time.sleep(dice.uniform(0.1, 1.2))
            killed = bank if number % 6 == 5 else dice.choice(people)
            killed.kill()
            killed.start()
    finally:
        for person in people:
            person.kill()
    try:
        found = python(module, "judge", environment=environment)
    finally:
        bank.kill()
    return json.loads(found) | {"kills": kills}
