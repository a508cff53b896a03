"""Long work in short turns, so that the worker's other duties never wait for it.

A job is a generator that yields when it has done a piece. Between two turns it lies in this
process; when the process dies, the next turn begins the job anew, so a job meets its own half-done
work and starts by clearing it away.
"""

import time
from collections.abc import Callable, Iterator
from uuid import UUID


class Turns:
    """The jobs under way in this process."""

    def __init__(self, begin: Callable[[UUID], Iterator[None]]) -> None:
        self.begin = begin
        self.running: dict[UUID, Iterator[None]] = {}

    def turn(self, job: UUID, seconds: float) -> bool:
        """Works on the job for about so long; True when it is finished. An error ends the job."""
        if job not in self.running:
            self.running[job] = self.begin(job)
        work, until = self.running[job], time.monotonic() + seconds
        try:
            for _piece in work:
                if time.monotonic() >= until:
                    return False
        except BaseException:
            self.running.pop(job, None)
            raise
        self.running.pop(job, None)
        return True

    def keep_only(self, jobs: set[UUID]) -> None:
        """Lets go of work that nobody waits for any more."""
        for job in [job for job in self.running if job not in jobs]:
            getattr(self.running.pop(job), "close", lambda: None)()

    def forget(self) -> None:
        """As after a restart: what was under way begins anew."""
        self.keep_only(set())
