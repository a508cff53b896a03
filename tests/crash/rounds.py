"""One round of P1 on a fresh home: build, prepare, kill, check."""

import json
from pathlib import Path

from tests.crash.database import Database
from tests.crash.empty import home_of, lay_down, python
from tests.crash.harness import EVERYTHING, Mixture, Outcome, Ready, Server, run


def survive(
    folder: Path,
    *,
    kills: int,
    drafts: int,
    seed: int,
    database: Database | None = None,
    mixture: Mixture = EVERYTHING,
    application: str = "",
    web: dict[str, str] | None = None,
) -> tuple[Outcome, dict[str, int]]:
    """Kills while people apply; gives what the clients saw and what the database says.

    `application` puts another WSGI application in the real one's place, and `web` adds to the web
    server's environment: both for negative controls.
    """
    environment = home_of(folder, database.address if database else "")
    lay_down(folder, database)
    lines = python("tests.crash.prepare", str(drafts), str(seed), environment=environment)
    ready = [Ready(**json.loads(line)) for line in lines.splitlines()]
    server = Server(environment | (web or {}), application)
    try:
        server.wait_open()
        outcome = run(server, ready, kills=kills, seed=seed, database=database, mixture=mixture)
    finally:
        server.stop()
    if database:
        database.wait_open()
    given = json.dumps(outcome.acknowledged)
    return outcome, json.loads(python("tests.crash.check", environment=environment, given=given))


def bad(outcome: Outcome, found: dict[str, int]) -> int:
    """Acknowledged applications that are lost, doubled, or have another receipt than was given."""
    wrong = found["lost"] + found["doubled"] + found["other_receipt"]
    return wrong + len(outcome.conflicts)


def report(outcome: Outcome, found: dict[str, int]) -> str:
    """The figures of a round in one line."""
    kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(outcome.kills.items()))
    return (
        f"{outcome.kills.total()} kills ({kinds}; {outcome.idle} idle) in {outcome.seconds:.0f} s: "
        f"{found['acknowledged']} acknowledged, {found['lost']} lost, {found['doubled']} doubled, "
        f"{found['other_receipt']} other receipts, {len(outcome.conflicts)} receipts changed, "
        f"{outcome.retries.total()} presses repeated {dict(outcome.retries)}, "
        f"{len(outcome.refusals)} refused, "
        f"{found['events']} events for {found['applications']} applications, "
        f"{found['journal_breaks']} journal breaks"
    )


def too_early(folder: Path, *, seed: int) -> tuple[Outcome, dict[str, int]]:
    """Negative control: a web server that acknowledges first and commits afterwards."""
    return survive(
        folder,
        kills=30,
        drafts=200,
        seed=seed,
        mixture=Mixture(worker=100, master=0, database=0, pause=(0.3, 0.6)),
        application="tests.crash.too_early:application",
    )


def unflushed(folder: Path, database: Database, *, seed: int) -> tuple[Outcome, dict[str, int]]:
    """Negative control: a commit that does not wait for the log on disk; the database dies.

    Only the web server commits that way: the drafts made before are safe.
    """
    database.tell(b"alter system set wal_writer_delay = '10s'")
    database.tell(b"select pg_reload_conf()")
    return survive(
        folder,
        kills=8,
        drafts=200,
        seed=seed,
        database=database,
        mixture=Mixture(worker=0, master=0, database=100, pause=(0.8, 1.5)),
        web={"PGOPTIONS": "-c synchronous_commit=off"},
    )
