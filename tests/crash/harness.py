"""The workload, the killer and the checker of promise P1.

Workload: clients press "submit" on ready drafts through the real web server, each with its own
session, and repeat the same press until it is acknowledged (a redirect to the receipt).
Killer: SIGKILL to a random worker, the master, or the whole database server.
Checker: every acknowledged draft has exactly one application, one case and one event; the receipt
never changes between repeats; the journal's chains hold.
"""

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Outcome:
    """What a run saw."""

    kills: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    retries: int = 0
    seconds: float = 0.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Server:
    """gunicorn as `doudi web` starts it, in its own group, restarted when its master dies."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.environment = environment
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "doudi.commands.main", "web", "--port", str(self.port)],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
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
        workers = self.children()
        if workers:
            _kill(dice.choice(workers))

    def kill_master(self) -> None:
        """SIGKILL to everything of the server, then a new start."""
        for pid in [self.process.pid, *self.children()]:
            _kill(pid)
        self.process.wait()
        self.process = self._start()

    def wait_open(self, seconds: float = 60) -> None:
        """Until the port answers."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the server did not open")

    def stop(self) -> None:
        """Ends it all."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            for pid in [self.process.pid, *self.children()]:
                _kill(pid)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@dataclass(frozen=True)
class Ready:
    """A draft that lacks only the press on the button, and the session that may press it."""

    draft: str
    cookies: str
    csrf: str
    path: str
    form: dict[str, str]


class Refused(Exception):
    """An answer that is neither an acknowledgement nor a lost one."""


def press(port: int, ready: Ready) -> str | None:
    """One press; the receipt's address when it was acknowledged, None when the answer was lost."""
    body = urlencode(ready.form | {"csrfmiddlewaretoken": ready.csrf})
    # Each draft comes from an address of its own: guesses are counted by address.
    source = f"127.0.0.{uuid.UUID(ready.draft).int % 250 + 2}"
    connection = http.client.HTTPConnection("127.0.0.1", port, 15, (source, 0))
    try:
        connection.request(
            "POST",
            ready.path,
            body,
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": ready.cookies,
                "Host": "127.0.0.1",
            },
        )
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    if answer.status in (302, 303):
        return answer.getheader("Location") or ""
    if answer.status >= 500:
        return None
    raise Refused(str(answer.status))


def _client(port: int, mine: list[Ready], outcome: Outcome, until: threading.Event) -> None:
    """Presses each draft until acknowledged, then once more: the receipt must be the same."""
    for ready in mine:
        if until.is_set():
            return
        receipt = None
        while receipt is None and not until.is_set():
            try:
                receipt = press(port, ready)
            except Refused as refusal:
                outcome.refusals.append(str(refusal))
                break
            if receipt is None:
                outcome.retries += 1
                time.sleep(0.05)
        if receipt is None:
            continue
        outcome.acknowledged[ready.draft] = receipt
        again = press(port, ready)
        if again is not None and again != receipt:
            outcome.conflicts.append(ready.draft)


def run(
    server: Server,
    drafts: list[Ready],
    *,
    kills: int,
    seed: int,
    database_kill: "DatabaseKill | None" = None,
    clients: int = 4,
) -> Outcome:
    """Runs clients and killer together until `kills` are done; returns what was seen."""
    dice = random.Random(seed)
    outcome = Outcome()
    until = threading.Event()
    began = time.monotonic()
    shares = [drafts[n::clients] for n in range(clients)]
    threads = [
        threading.Thread(target=_client, args=(server.port, share, outcome, until), daemon=True)
        for share in shares
    ]
    for thread in threads:
        thread.start()
    while outcome.kills < kills:
        time.sleep(dice.uniform(0.02, 0.4))
        roll = dice.random()
        if database_kill and roll < 0.02:
            database_kill()
        elif roll < 0.03:
            server.kill_master()
        else:
            server.kill_worker(dice)
        outcome.kills += 1
    until.set()
    for thread in threads:
        thread.join(30)
    outcome.seconds = time.monotonic() - began
    return outcome


class DatabaseKill:
    """SIGKILL to the whole PostgreSQL of a folder, then a start that waits out the recovery."""

    def __init__(self, folder: Path, start: "list[str]") -> None:
        self.folder = folder
        self.start = start

    def __call__(self) -> None:
        """Kills the postmaster and its children, and starts it again."""
        for pid in self._processes():
            _kill(pid)
        for _ in range(100):
            if subprocess.run(self.start, check=False, capture_output=True).returncode == 0:
                return
            time.sleep(0.1)
        raise TimeoutError("PostgreSQL did not come back")

    def _processes(self) -> list[int]:
        """Postmaster and children; nobody when it is down already."""
        try:
            text = (self.folder / "postmaster.pid").read_text()
            postmaster = int(re.split(r"\s", text)[0])
            below = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        except (OSError, ValueError):
            return []
        return [postmaster, *map(int, below)]
