"""A PostgreSQL primary with a standby, in the place of the one database of tests/crash.

`kill` kills the primary as a whole; `start` promotes the standby and builds a new standby from
it. One address names both: whoever connects gets the one that takes writes.
"""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from tests.crash.database import PATIENCE, Database, _works_in, kill

STALL = 1.0  # seconds for which the standby is away before a kill that finds it away


class Node:
    """One server of the pair, with its data and its socket in one folder."""

    def __init__(self, folder: Path, tools: Path, user: str | None) -> None:
        self.folder, self.tools, self.user = folder, tools, user
        self.address = f"postgresql://postgres:@/postgres?host={folder}"

    def tool(self, name: str, *words: str) -> None:
        """One of PostgreSQL's programs, as the owner of the folder."""
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [str(self.tools / name), *words], cwd="/", user=self.user, check=False,
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, timeout=PATIENCE + 10,
            )  # fmt: skip
            said.seek(0)
            if done.returncode:
                raise RuntimeError(f"{name}: {said.read()[-600:]}")

    def control(self, *words: str) -> None:
        """pg_ctl on this node."""
        self.tool("pg_ctl", "-w", "-t", str(PATIENCE), "-D", str(self.folder), *words)

    def start(self) -> None:
        """Starts the server of a folder that was copied."""
        where = f'-h "" -k {self.folder}'
        self.control("-o", where, "-l", str(self.folder / "log"), "start")

    def ask(self, question: bytes) -> object:
        """The first value of an answer."""
        with psycopg.connect(self.address, connect_timeout=5, autocommit=True) as connection:
            return (connection.execute(question).fetchone() or (None,))[0]

    def processes(self) -> list[int]:
        """Who works in the folder."""
        numbers = [e for e in Path("/proc").iterdir() if e.name.isdigit()]
        return [int(e.name) for e in numbers if _works_in(e) == str(self.folder)]

    def kill(self) -> None:
        """SIGKILL to all of it."""
        while alive := self.processes():
            for pid in alive:
                kill(pid)
            time.sleep(0.01)

    def empty(self) -> None:
        """Removes what lies in the folder; the folder itself stands where only root may build."""
        for entry in self.folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


class Pair:
    """Primary and standby from `with` to the end of the block; the shape of crash.Database."""

    def __init__(self, *, synchronous: bool, away_every: int) -> None:
        self.synchronous, self.away_every, self.kills = synchronous, away_every, 0
        self.first = Database()
        tools, user = Path(self.first.server.bin_path), self.first.server.system_user
        self.place = Path(tempfile.mkdtemp(prefix="doudi-pair-"))
        if user:
            shutil.chown(self.place, user)
        self.place.chmod(0o755)
        self.primary = Node(self.first.folder, tools, user)
        self.standby = Node(self.place / "second", tools, user)
        both = f"{self.primary.folder},{self.standby.folder}"
        self.address = (
            f"postgresql://postgres:@/postgres?host={both}&target_session_attrs=read-write"
        )
        self.waits: list[float] = []
        self._build_standby()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for node in (self.primary, self.standby):
            if node.processes():
                node.control("-m", "immediate", "stop")
        self.first.__exit__(kind, error, trace)
        shutil.rmtree(self.place, ignore_errors=True)

    def strike(self) -> None:
        """The primary dies and the standby takes over."""
        self.kill()
        self.start()

    def kill(self) -> None:
        """The primary dies; every so often the standby was away for a moment before."""
        self.kills += 1
        away = self.kills % self.away_every == 0
        if away:
            self.standby.control("-m", "fast", "stop")
            time.sleep(STALL)
        self.primary.kill()
        if away:
            self.standby.start()

    def start(self) -> None:
        """The standby becomes the primary; seconds until it took a write are noted."""
        began = time.monotonic()
        self.standby.control("promote")
        self.primary, self.standby = self.standby, self.primary
        # Alone it would wait for ever: the operator lets it go on until there is another standby.
        self.tell(b"alter system set synchronous_standby_names = ''")
        self.tell(b"select pg_reload_conf()")
        self.waits.append(time.monotonic() - began)
        self.standby.empty()
        self._build_standby()

    def wait_open(self) -> None:
        """Until the primary takes writes."""
        self.ask(b"select 1")

    def tell(self, sentence: bytes) -> None:
        """One sentence to the primary."""
        with psycopg.connect(self.primary.address, autocommit=True) as connection:
            connection.execute("set synchronous_commit = local")
            connection.execute(sentence)

    def ask(self, question: bytes) -> object:
        """The first value of the primary's answer."""
        return self.primary.ask(question)

    def _build_standby(self) -> None:
        """A copy of the primary that follows it; synchronous from the moment it does."""
        source = self.primary.address
        where = ["-D", str(self.standby.folder), "-d", source, "-R", "-X", "stream"]
        self.standby.tool("pg_basebackup", *where, "-c", "fast")
        # The socket lies in the data folder here: its lock was copied with the rest.
        (self.standby.folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        self.standby.start()
        if self.synchronous:
            self.tell(b"alter system set synchronous_standby_names = '*'")
            self.tell(b"select pg_reload_conf()")
        wanted = "sync" if self.synchronous else "async"
        until = time.monotonic() + PATIENCE
        while self.ask(b"select sync_state from pg_stat_replication") != wanted:
            if time.monotonic() > until:
                raise TimeoutError(f"the standby does not follow as {wanted}")
            time.sleep(0.05)
