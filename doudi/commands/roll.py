"""`doudi roll --month 2022-06`: prepares the month's payment rolls of one county or of all."""

import argparse
import json
from typing import TextIO

from doudi.audit.actor import SYSTEM
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.clock.time import now, refresh
from doudi.kernel.errors import DoudiError
from doudi.kernel.money import plain_yuan
from doudi.kernel.periods import Month
from doudi.regions.queries import counties, exists


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Drafts only: people check and release. Exit 1 when a county's roll was checked already."""
    parser = argparse.ArgumentParser(prog="doudi roll", description=__doc__)
    parser.add_argument("--month", required=True, type=Month.parse)
    parser.add_argument("--county", help="six digits; all counties without it")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    refresh()
    if args.county and not (len(args.county) == 6 and exists(args.county)):
        stderr.write(f"doudi roll: there is no county {args.county}\n")
        return 1
    codes = [args.county] if args.county else [c.code[:6] for c in counties()]
    rows, refused = [], False
    for code in codes:
        try:
            roll = prepare_roll(code, str(args.month), by=SYSTEM, at=now())
        except DoudiError as error:
            stderr.write(f"{code}: {error.sentence}\n")
            refused = True
            continue
        rows.append(
            {
                "county": code,
                "roll": roll.number,
                "households": roll.household_count,
                "persons": roll.person_count,
                "yuan": plain_yuan(roll.total_fen),
            }
        )
    if args.json:
        stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
    else:
        for row in rows:
            stdout.write("  ".join(str(value) for value in row.values()) + "\n")
    return 1 if refused else 0
