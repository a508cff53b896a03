"""`doudi compare --month 2022-06`: the whole register against what the departments delivered."""

import argparse
import json
from collections import Counter
from typing import TextIO

from doudi.audit.actor import SYSTEM
from doudi.clock.time import now, refresh
from doudi.kernel.periods import Month
from doudi.verification.actions.compare_register import compare_register
from doudi.verification.register import ENGINES


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0; prints what was found by signal, what waits for release, what was not delivered."""
    parser = argparse.ArgumentParser(prog="doudi compare", description=__doc__)
    parser.add_argument("--month", required=True, type=Month.parse)
    parser.add_argument("--engine", choices=sorted(ENGINES), default="duckdb")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    refresh()
    try:
        made = compare_register(str(args.month), by=SYSTEM, at=now(), engine_name=args.engine)
    except ModuleNotFoundError as missing:
        stderr.write(f"doudi compare: --engine {args.engine} needs the package {missing.name}\n")
        return 1
    rows = list(made.discrepancies.values_list("signals", "state"))
    told = {
        "run": str(made.pk),
        "engine": made.engine,
        "month": made.month,
        "persons": made.persons,
        "households": made.households,
        "found": len(rows),
        "held": sum(state == "held" for _signals, state in rows),
        "signals": dict(sorted(Counter(s for signals, _state in rows for s in signals).items())),
        "facts": made.facts,
        "not_delivered": made.missing,
        "answer_sha256": made.answer_sha256,
    }
    if args.json:
        stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        for name, value in told.items():
            stdout.write(f"{name:<14} {value}\n")
    return 0
