"""The work of bench/takeover.py in a process of its own: an empty home, one file, one takeover."""

import json
import os
import resource
import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402  only after the settings stand

from bench.takeover import make_file  # noqa: E402
from doudi.audit.actor import SYSTEM  # noqa: E402
from doudi.clock.time import now  # noqa: E402
from doudi.regions.actions.load_pack import load_pack  # noqa: E402
from doudi.takeover.actions.rehearse import rehearse  # noqa: E402
from doudi.takeover.actions.take_over import take_over  # noqa: E402
from doudi.vault.keys import create_keys  # noqa: E402


def main() -> None:
    """Prints the figures as JSON."""
    path, persons = Path(sys.argv[1]), int(os.environ["BENCH_TAKEOVER"])
    make_file(path, persons)
    keys = Path(os.environ["DOUDI_HOME"]) / "keys.json"
    call_command("migrate", verbosity=0)
    if not keys.exists():
        create_keys(keys)
    load_pack()
    started, cpu = time.perf_counter(), time.process_time()
    with path.open("rb") as file:
        rehearse(file, "2026-12", by=SYSTEM, at=now())
    rehearsed, between = time.perf_counter(), time.process_time()
    with path.open("rb") as file:
        batch = take_over(file, "2026-12", by=SYSTEM, at=now())
    ended = time.perf_counter()
    print(
        json.dumps(
            {
                "persons taken over": batch.person_count,
                "households": batch.household_count,
                "households refused": batch.refused_count,
                "rehearsal, seconds": round(rehearsed - started, 1),
                "takeover, seconds": round(ended - rehearsed, 1),
                "persons a second, takeover": round(batch.person_count / (ended - rehearsed)),
                "rehearsal, CPU seconds": round(between - cpu, 1),
                "takeover, CPU seconds": round(time.process_time() - between, 1),
                "persons a CPU second, takeover": round(
                    batch.person_count / (time.process_time() - between)
                ),
                "peak memory, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
        )
    )


main()
