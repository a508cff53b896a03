"""The workload, the killer and the checker of promise P1.

Workload: clients press "submit" on ready drafts through the real web server, each with its own
session, and repeat the same press until it is acknowledged (a redirect to the receipt).
Killer: SIGKILL to a random worker, to the whole web server, or to the whole database server; what
died is up again before the next kill, so every kill hits something that works.
Checker: every acknowledged draft has exactly one application, one case and one event; the receipt
never changes between repeats; the journal's chains hold.
"""

import http.client
import os
import random
import signal
import socket
import subprocess
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from doudi.commands.web import command
from tests.crash.database import Database, kill

ROOT = Path(__file__).resolve().parents[2]
THINK = (0.0, 0.2)  # seconds between two applicants at one client


@dataclass(frozen=True)
class Mixture:
    """Of a hundred kills, how many of which kind, and the seconds between two of them.

    SQLite has no server that could die: there the others share its part.
    """

    worker: int = 75
    master: int = 15
    database: int = 10
    pause: tuple[float, float] = (0.02, 0.3)


EVERYTHING = Mixture()
PATIENCE = 120.0  # seconds for a start: a machine may be full of other tests
# Before every third kill somebody must have got through, however slow the machine: where nobody is
# ever acknowledged, nothing could be lost. The pause after it keeps the moment of the kill random.
BREATH, LONGEST = 3, 10.0


@dataclass
class Outcome:
    """What a run saw."""

    kills: Counter[str] = field(default_factory=Counter)
    idle: int = 0  # kills after every draft was through: they prove nothing
    acknowledged: dict[str, str] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    retries: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0  # seconds that one press took
    seconds: float = 0.0


def free_port() -> int:
    """A port nobody listens on, and that no outgoing connection is given.

    Who knocks again and again at a closed port of the outgoing range is connected to himself at
    last, and takes that for a server that is open.
    """
    while True:
        port = random.SystemRandom().randint(20_000, 32_000)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Server:
    """gunicorn as `doudi web` starts it, in its own group, restarted when it was killed."""

    def __init__(self, environment: dict[str, str], application: str = "") -> None:
        self.port = free_port()
        self.environment = environment
        self.log = Path(environment["DOUDI_HOME"]) / "web.log"
        self.words = [*command(self.port), *([application] if application else [])]
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.words,
                cwd=ROOT,
                env=self.environment | {"PYTHONFAULTHANDLER": "1"},
                start_new_session=True,
                stdout=log,
                stderr=log,
            )

    def children(self) -> list[int]:
        """The workers, read from /proc: cheaper than spawning a process for every kill."""
        pid = self.process.pid
        try:
            text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        except OSError:
            return []
        return [int(word) for word in text.split()]

    def kill_worker(self, dice: random.Random) -> None:
        """SIGKILL to one worker; the master brings a new one."""
        until = time.monotonic() + PATIENCE
        while not (workers := self.children()):
            if time.monotonic() > until:
                raise TimeoutError(f"the web server has no workers: {self._where_it_hangs()}")
            time.sleep(0.01)
        kill(dice.choice(workers))

    def kill_master(self) -> None:
        """SIGKILL to the whole group at one moment, then a new start."""
        self._kill_group()
        self.process.wait()
        self.process = self._start()
        self.wait_open()

    def wait_open(self, seconds: float = PATIENCE) -> None:
        """Until the port answers, and not for those who were killed: they hold it a moment more."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                if self.children():
                    return
                time.sleep(0.05)
        raise TimeoutError(f"the web server did not open:\n{self.last_words()}")

    def stop(self) -> None:
        """Ends it all."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self._kill_group()
            self.process.wait()

    def _where_it_hangs(self) -> str:
        """The master's state as the kernel tells it, and where its Python stands."""
        code = self.process.poll()
        if code is not None:
            return f"it ended with {code}\n{self.last_words()}"
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        state = next(line for line in lines if line.startswith("State"))
        self.process.send_signal(signal.SIGABRT)  # Python's fault handler writes the stack
        self.process.wait(10)
        return f"{state}\n{self.last_words()}"

    def last_words(self) -> str:
        """The end of the server's log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-30:])

    def _kill_group(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


@dataclass(frozen=True)
class Ready:
    """A draft that lacks only the press on the button, and the session that may press it."""

    draft: str
    cookies: str
    csrf: str
    path: str
    receipts: str
    form: dict[str, str]


class Refused(Exception):
    """An answer that is neither an acknowledgement nor a lost one."""


class Unknown(Exception):
    """No answer, or one of the server's own failure: the applicant must press again."""


def press(port: int, ready: Ready) -> str:
    """One press; the receipt's address, and nothing else counts as acknowledged."""
    body = urlencode(ready.form | {"csrfmiddlewaretoken": ready.csrf})
    # Each draft comes from an address of its own: guesses are counted by address.
    source = f"127.0.0.{uuid.UUID(ready.draft).int % 250 + 2}"
    connection = http.client.HTTPConnection("127.0.0.1", port, 15, (source, 0))
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": ready.cookies,
        "Host": "127.0.0.1",
    }
    try:
        connection.request("POST", ready.path, body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise Unknown(type(error).__name__) from error
    finally:
        connection.close()
    if answer.status >= 500:
        raise Unknown(str(answer.status))
    address = answer.getheader("Location") or ""
    if answer.status not in (302, 303) or not address.startswith(ready.receipts):
        raise Refused(f"{answer.status} {address}")
    return address


class Client(threading.Thread):
    """Presses each of its drafts until acknowledged; every other one is pressed once more.

    Only every other one: a second press would bring back an application that was lost.
    """

    def __init__(self, port: int, mine: list[Ready], outcome: Outcome, seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.mine, self.outcome = port, mine, outcome
        self.dice = random.Random(seed)
        self.end = threading.Event()

    def run(self) -> None:
        """Until the drafts or the kills are through."""
        for number, ready in enumerate(self.mine):
            receipt = self._insist(ready)
            if receipt is None:
                continue
            self.outcome.acknowledged[ready.draft] = receipt
            if number % 2:
                again = self._insist(ready)
                if again not in (None, receipt):
                    self.outcome.conflicts.append(ready.draft)
            self.end.wait(self.dice.uniform(*THINK))

    def _insist(self, ready: Ready) -> str | None:
        """The receipt; None when the run ended first or the server refused."""
        while not self.end.is_set():
            began = time.monotonic()
            try:
                receipt = press(self.port, ready)
                self.outcome.longest = max(self.outcome.longest, time.monotonic() - began)
                return receipt
            except Unknown as error:
                self.outcome.retries[str(error)] += 1
                self.end.wait(0.05)
            except Refused as refusal:
                self.outcome.refusals.append(str(refusal))
                return None
        return None


def plan(kills: int, seed: int, mixture: Mixture, *, database: bool) -> list[tuple[str, float]]:
    """What dies, and after how many seconds' pause; one seed gives one plan."""
    dice = random.Random(seed)
    shares = (mixture.worker, mixture.master, mixture.database if database else 0)
    kinds = dice.choices(("worker", "master", "database"), shares, k=kills)
    return [(kind, dice.uniform(*mixture.pause)) for kind in kinds]


def strike(kind: str, dice: random.Random, server: Server, database: Database | None) -> None:
    """One kill; what died is up again on return."""
    if kind == "database" and database:
        database.strike()
    elif kind == "master":
        server.kill_master()
    else:
        server.kill_worker(dice)


def _let_one_through(outcome: Outcome, people: list[Client]) -> None:
    """Waits for one more acknowledgement, at most LONGEST seconds."""
    before, until = len(outcome.acknowledged), time.monotonic() + LONGEST
    while len(outcome.acknowledged) == before and time.monotonic() < until:
        if not any(person.is_alive() for person in people):
            return
        time.sleep(0.01)


def run(
    server: Server,
    drafts: list[Ready],
    *,
    kills: int,
    seed: int,
    database: Database | None = None,
    mixture: Mixture = EVERYTHING,
    clients: int = 4,
) -> Outcome:
    """Runs clients and killer together until `kills` are done; returns what was seen."""
    dice = random.Random(seed)
    outcome = Outcome()
    began = time.monotonic()
    people = [
        Client(server.port, drafts[n::clients], outcome, seed + n + 1) for n in range(clients)
    ]
    for person in people:
        person.start()
    try:
        for number, (kind, pause) in enumerate(plan(kills, seed, mixture, database=bool(database))):
            if number % BREATH == 0:
                _let_one_through(outcome, people)
            time.sleep(pause)
            outcome.idle += not any(person.is_alive() for person in people)
            strike(kind, dice, server, database)
            outcome.kills[kind] += 1
    finally:
        for person in people:
            person.end.set()
    for person in people:
        person.join(60)
    if any(person.is_alive() for person in people):
        raise TimeoutError("a client still waits for its answer")
    outcome.seconds = time.monotonic() - began
    return outcome
