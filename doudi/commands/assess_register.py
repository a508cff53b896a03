"""`doudi assess-register`: the law over every household with adopted facts, by columns.

Families on no register are read from the deliveries beside it: leads, never decisions.
"""

import argparse
import datetime as dt
import json
from typing import TextIO

from doudi.cases.register import assess_register
from doudi.clock.time import now, refresh
from doudi.kernel.money import yuan_text
from doudi.policy.book import NotInForce
from doudi.policy.wording import programme_name
from doudi.verification.register import ENGINES


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 with counts and sums, 1 when the day has no policy or the engine is not there."""
    parser = argparse.ArgumentParser(prog="doudi assess-register", description=__doc__)
    parser.add_argument("--on", type=dt.date.fromisoformat, help="the day; default today")
    parser.add_argument("--engine", choices=sorted(ENGINES), default="duckdb")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    refresh()
    try:
        told = assess_register(args.on or now().date(), args.engine)
    except NotInForce:
        stderr.write("doudi assess-register: no policy is in force on this day\n")
        return 1
    except ModuleNotFoundError as missing:
        stderr.write(f"doudi assess-register: --engine {args.engine} needs {missing.name}\n")
        return 1
    if args.json:
        stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return 0
    for name in ("on", "engine", "households", "persons", "without_facts", "answer_sha256"):
        stdout.write(f"{name:<14} {told[name]}\n")
    _table("在册家庭", told["programmes"], stdout)
    if told["never_applied"] is not None:
        beside = told["never_applied"]
        _table(f"未申请家庭（{beside['households']}户，仅作线索）", beside["programmes"], stdout)
    return 0


def _table(title: str, programmes: dict[str, dict[str, int]], stdout: TextIO) -> None:
    stdout.write(f"\n{title}\n")
    for programme, row in programmes.items():
        yuan = yuan_text(row["fen"])
        stdout.write(f"  {programme_name(programme):<10} {row['eligible']:>8} {row['review']:>8}")
        stdout.write(f" {yuan:>16}\n")
