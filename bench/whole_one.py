"""The month's comparison of a demonstration city, in a process of its own: bench/whole.py."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings

from bench.tables import peak_mb
from doudi.audit.actor import SYSTEM
from doudi.clock.time import now, refresh
from doudi.discrepancies.actions.take_up_findings import take_up_findings
from doudi.verification.actions.compare_register import compare_register
from doudi.verification.models import Run

MONTH = "2022-06"


def spent(work: Callable[[], Any]) -> tuple[str, Any]:
    """Wall and CPU seconds of some work, and its answer."""
    wall, cpu = time.monotonic(), time.process_time()
    answer = work()
    return f"{time.monotonic() - wall:.1f} / {time.process_time() - cpu:.1f}", answer


def _found(run: Run) -> dict[str, set[int]]:
    """Whom each signal found, by pseudonym, from the sealed sources of the findings."""
    found: dict[str, set[int]] = {}
    for row in run.discrepancies.iterator():
        for source in row.sources.open() or []:
            found.setdefault(source["signal"], set()).add(source["person_key"])
    return found


def main() -> None:
    """Prints the figures as JSON."""
    refresh()
    compared, run = spent(lambda: compare_register(MONTH, by=SYSTEM, at=now()))
    found = _found(run)
    made, opened = spent(lambda: take_up_findings(run.pk, at=now()))
    held = run.discrepancies.filter(state="held").count()
    figures: dict[str, Any] = {
        "persons / households compared": f"{run.persons} / {run.households}",
        "comparison with register, facts, evidence, wall s / CPU s": compared,
        "source rows of facts": sum(run.facts.values()),
        "households found / held for a person": f"{run.discrepancies.count()} / {held}",
        "findings made inquiries, wall s / CPU s": made,
        "inquiries opened": opened,
        "comparison, peak MB": peak_mb(),
    }
    told = json.loads((Path(settings.DOUDI_HOME) / "planted.json").read_text(encoding="utf-8"))
    for signal, keys in sorted(told["signals"].items()):
        wanted, mine = set(keys), found.get(signal, set())
        right = len(wanted & mine)
        figures[f"{signal}: planted / found / recall / precision"] = (
            f"{len(wanted)} / {len(mine)} / {right / max(1, len(wanted)):.4f}"
            f" / {right / max(1, len(mine)):.4f}"
        )
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
