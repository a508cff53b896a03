"""`doudi takeover FILE.xlsx [--rehearse]`: takes over the running awards of the old system.

`--rehearse` reads, checks and explains every difference and makes no award. `--undo BATCH` takes a
batch back as long as no roll carries it. Exit 1 where a file or a household is refused.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any, TextIO

from doudi.audit.actor import SYSTEM
from doudi.benefits.flow import reason_name
from doudi.clock.time import now, refresh, today
from doudi.kernel.errors import DoudiError
from doudi.kernel.money import plain_yuan
from doudi.kernel.periods import Month
from doudi.takeover import queries
from doudi.takeover.actions.rehearse import rehearse
from doudi.takeover.actions.take_over import take_over
from doudi.takeover.actions.undo import undo
from doudi.takeover.flow import FAULTS, STATES, WHYS


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """0 all taken, 1 refused in whole or in part, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="doudi takeover", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--rehearse", action="store_true")
    parser.add_argument("--undo", metavar="BATCH")
    parser.add_argument("--month", type=Month.parse, help="first month paid here; default next")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    if bool(args.file) == bool(args.undo):
        parser.print_usage(stderr)
        return 2
    refresh()
    try:
        if args.undo:
            told = undo(args.undo, by=SYSTEM, at=now())
            stdout.write(f"{told.number}  {STATES[told.state]}\n")
            return 0
        month = str(args.month or Month.of(today()).next())
        with args.file.open("rb") as file:
            deed = rehearse if args.rehearse else take_over
            batch = deed(file, month, by=SYSTEM, at=now())
    except (DoudiError, OSError) as error:
        stderr.write(f"doudi takeover: {getattr(error, 'sentence', '') or error}\n")
        return 1
    _tell(batch, stdout, as_json=args.json)
    return 1 if batch.refused_count or batch.faults else 0


def _tell(batch: Any, stdout: TextIO, *, as_json: bool) -> None:
    report = _report(batch)
    if as_json:
        stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
        return
    stdout.write(
        f"{batch.number}  {STATES[batch.state]}  {batch.household_count}户 {batch.person_count}人"
        f"  不接收{batch.refused_count}户  原系统合计{plain_yuan(batch.old_fen)}元\n"
    )
    for row in report["differences"]:
        stdout.write(f"  {row['words']}  {row['households']}户  {row['old_yuan']} / ")
        stdout.write(f"{row['own_yuan']}\n")
    for code, count in Counter(code for _row, code in batch.faults).most_common():
        rows = [str(row) for row, c in batch.faults if c == code][:10]
        stdout.write(f"  不接收：{FAULTS[code]}  {count}处  第{'、'.join(rows)}行\n")
    if "first_roll" in report:
        first = report["first_roll"]
        stdout.write(f"  首次名册 {batch.month}：{first['yuan']}，原系统{first['old_yuan']}，")
        stdout.write(f"不同{len(first['different'])}户\n")
        for number, there, here, why in first["different"]:
            stdout.write(f"    {number}  {there} → {here}  {why}\n")


def _report(batch: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "batch": batch.number,
        "state": batch.state,
        "rows": batch.row_count,
        "households": batch.household_count,
        "persons": batch.person_count,
        "refused": batch.refused_count,
        "old_yuan": plain_yuan(batch.old_fen),
        "faults": batch.faults,
        "differences": [
            {
                "why": r.why,
                "words": WHYS[r.why],
                "households": r.count,
                "old_yuan": plain_yuan(r.old_fen),
                "own_yuan": plain_yuan(r.own_fen),
            }
            for r in queries.reasons(batch.lines.all())
        ],
    }
    if batch.state == "taken":
        first = queries.first_roll(batch, queries.counties_of(batch))
        told["first_roll"] = {
            "month": batch.month,
            "old_yuan": plain_yuan(first.old_fen),
            "yuan": plain_yuan(first.now_fen),
            "different": [
                [number, plain_yuan(there), plain_yuan(here), reason_name(why)]
                for number, there, here, why in first.different
            ],
        }
    return told
