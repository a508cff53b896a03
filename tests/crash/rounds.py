"""One round of P1 on a fresh home: build, prepare, kill, check."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.crash.harness import ROOT, DatabaseKill, Outcome, Ready, Server, run


def home_of(folder: Path, database_url: str = "") -> dict[str, str]:
    """The environment of a fresh installation."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "DJANGO_"))}
    return kept | {"DOUDI_HOME": str(folder), "DOUDI_DATABASE_URL": database_url}


def _python(module: str, *words: str, environment: dict[str, str], given: str = "") -> str:
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


def survive(
    folder: Path,
    *,
    kills: int,
    drafts: int,
    seed: int,
    database_url: str = "",
    database_kill: DatabaseKill | None = None,
) -> tuple[Outcome, dict[str, int]]:
    """Kills while people apply; gives what the clients saw and what the database says."""
    environment = home_of(folder, database_url)
    _python("doudi.commands.main", "demo", "--empty", environment=environment)
    _python(
        "django", "collectstatic", "--noinput", "-v", "0",
        environment=environment | {"DJANGO_SETTINGS_MODULE": "config.settings.local"},
    )  # fmt: skip
    lines = _python("tests.crash.prepare", str(drafts), str(seed), environment=environment)
    ready = [Ready(**json.loads(line)) for line in lines.splitlines()]
    server = Server(environment)
    try:
        server.wait_open()
        outcome = run(server, ready, kills=kills, seed=seed, database_kill=database_kill)
    finally:
        server.stop()
    found = json.loads(
        _python(
            "tests.crash.check", environment=environment, given=json.dumps(outcome.acknowledged)
        )
    )
    return outcome, found
