"""An empty city, built once a run for all who start from one: places, staff, tables, keys.

Migrating costs more than a test; a copy costs next to nothing. `make test` migrates before the
suites start; the rest is built by the first test that asks for it.
"""

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.crash.database import Database

ROOT = Path(__file__).resolve().parents[2]
PLACE = "DOUDI_TEST_EMPTY"


def home_of(folder: Path, database_url: str = "") -> dict[str, str]:
    """The environment of a fresh installation."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "DJANGO_"))}
    return kept | {"DOUDI_HOME": str(folder), "DOUDI_DATABASE_URL": database_url}


def python(module: str, *words: str, environment: dict[str, str], given: str = "") -> str:
    """What a module says in a process of its own; RuntimeError with its complaint."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return done.stdout


def once(name: str, build: Callable[[Path], None]) -> Path:
    """The folder of that name, built by the first who asks; the others wait for it."""
    place = _place()
    with _lock(place / f"{name}.lock"):
        if not (place / name).exists():
            new = place / f"{name}.new"
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            build(new)
            new.rename(place / name)
    return place / name


def migrated() -> Path:
    """An SQLite file as the migrations leave it, nothing in it."""
    return once("migrated", _migrate) / "doudi.sqlite3"


def lay_down(folder: Path, database: Database | None = None) -> None:
    """An empty city in a home of its own, with the pages' static files.

    On a database server that did not begin as a city (`CityDatabase`) it is built.
    """
    if database is None:
        shutil.copytree(once("sqlite", _on_sqlite), folder, dirs_exist_ok=True)
    elif isinstance(database, CityDatabase):
        shutil.copytree(once("postgresql", _on_postgresql) / "home", folder, dirs_exist_ok=True)
    else:
        _build(home_of(folder, database.address))


class CityDatabase(Database):
    """A PostgreSQL that holds the empty city from the start; `lay_down` gives the home to it."""

    def prepare(self) -> None:
        """A copy of the built one's data, before the server starts on it."""
        data = once("postgresql", _on_postgresql) / "data"
        _copy(data, self.folder)


def _build(environment: dict[str, str]) -> None:
    python("doudi.commands.main", "demo", "--empty", environment=environment)
    python(
        "django", "collectstatic", "--noinput", "-v", "0",
        environment=environment | {"DJANGO_SETTINGS_MODULE": "config.settings.local"},
    )  # fmt: skip


def _migrate(place: Path) -> None:
    environment = home_of(place) | {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
    python("django", "migrate", "-v", "0", environment=environment)


def _on_sqlite(place: Path) -> None:
    shutil.copy(migrated(), place)
    _build(home_of(place))


def _on_postgresql(place: Path) -> None:
    with Database() as database:
        _build(home_of(place / "home", database.address))
        database.stop()
        _copy(database.folder, place / "data")


def _copy(data: Path, to: Path) -> None:
    """With its owner, another user where this one is root; nothing of the running server."""
    subprocess.run(["cp", "-a", str(data), str(to)], check=True)
    for name in (".handle_pids.json", "postmaster.pid", "log"):
        (to / name).unlink(missing_ok=True)


def _place() -> Path:
    """Shared by all workers of a run: the suite's, or the throw-away home of this pytest."""
    if PLACE not in os.environ and "DOUDI_TEST_HOME" in os.environ:
        os.environ[PLACE] = str(Path(os.environ["DOUDI_TEST_HOME"]) / "empty")
    if PLACE not in os.environ:
        os.environ[PLACE] = tempfile.mkdtemp(prefix="doudi-empty-")
        atexit.register(shutil.rmtree, os.environ[PLACE], ignore_errors=True)
    place = Path(os.environ[PLACE])
    place.mkdir(parents=True, exist_ok=True)
    return place


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    migrated()
