"""How the installation does, in counts and names of parts: nothing about any person."""

from dataclasses import dataclass

from django.db import DatabaseError, connection

from doudi.clock.time import now, real_now
from doudi.filing.queries import broken_prints
from doudi.notices.queries import failed_count
from doudi.outbox.queries import seconds_since_beat, stuck_count, waiting_count
from doudi.outbox.schedule import late
from doudi.people.queries import stuck_imports

SILENT_AFTER = 60


@dataclass(frozen=True)
class Health:
    """What /healthz tells; `is_good` decides between 200 and 503."""

    database: bool = False
    worker_seconds: float | None = None
    late: tuple[str, ...] = ()
    stuck_events: int = 0
    waiting_events: int = 0
    stuck_imports: int = 0
    broken_prints: int = 0
    failed_messages: int = 0

    @property
    def worker(self) -> bool:
        """Whether the worker went round within the last minute."""
        return self.worker_seconds is not None and self.worker_seconds < SILENT_AFTER

    @property
    def is_good(self) -> bool:
        """Everything that needs no person: database, worker, timetable, events."""
        return self.database and self.worker and not self.late and not self.stuck_events


def database_answers() -> bool:
    """Whether the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def health() -> Health:
    """Asks every part; a database that does not answer leaves the rest unknown."""
    try:
        return Health(
            database=database_answers(),
            worker_seconds=seconds_since_beat(real_now()),
            late=tuple(late(now())),
            stuck_events=stuck_count(),
            waiting_events=waiting_count(),
            stuck_imports=stuck_imports(),
            broken_prints=broken_prints(),
            failed_messages=failed_count(),
        )
    except DatabaseError:
        return Health()
