"""`doudi bank-file`, `doudi bank-result`, `doudi reconcile`: the bank's files and the books."""

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import TextIO

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.actions.take_answer import take_answer
from doudi.benefits.file import content, file_by_number
from doudi.benefits.reconciliation import ThreeWays, three_ways
from doudi.clock.time import now, refresh
from doudi.kernel.errors import DoudiError
from doudi.kernel.money import plain_yuan
from doudi.kernel.periods import Month
from doudi.regions.queries import counties
from doudi.vault.signing import public_key

PATIENCE = dt.timedelta(hours=24)


def run_file(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Writes the file and its detached signature, and prints the hash; exit 1 for no such file."""
    parser = argparse.ArgumentParser(prog="doudi bank-file", description=run_file.__doc__)
    parser.add_argument("number", help="the number of a released file, as the desk shows it")
    parser.add_argument("--folder", default=".", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    refresh()
    try:
        file = file_by_number(args.number)
    except DoudiError as error:
        stderr.write(f"doudi bank-file: {error.sentence}\n")
        return 1
    text, _orders = content(file)
    ending = "xml" if text.startswith("<?xml") else "txt"
    path = args.folder / f"{file.number}.{ending}"
    with transaction.atomic():
        write(
            "benefits.file_taken_out",
            actor=SYSTEM,
            subject=f"file:{file.pk}",
            chain=file.county,
            detail={"sha256": file.sha256[:24]},
        )
    path.write_text(text, encoding="utf-8")
    path.with_suffix(f".{ending}.sig").write_text(file.signature + "\n")
    (args.folder / "doudi-signing.pem").write_text(public_key())
    told = {"file": str(path), "orders": file.count, "yuan": plain_yuan(file.total_fen)}
    told |= {"sha256": file.sha256, "signature": file.signature}
    _print(told, stdout, as_json=args.json)
    return 0


def run_result(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Takes in what the bank gave back; exit 1 when it can't be read or something does not fit."""
    parser = argparse.ArgumentParser(prog="doudi bank-result", description=run_result.__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    refresh()
    try:
        taken = take_answer(args.file.read_bytes(), by=SYSTEM, at=now())
    except OSError as error:
        stderr.write(f"doudi bank-result: {error.strerror}: {args.file}\n")
        return 1
    except DoudiError as error:
        stderr.write(f"doudi bank-result: {error.sentence}\n")
        return 1
    told = {"form": taken.form, "lines": taken.lines, "booked": taken.booked}
    gaps = [{"what": gap.words, "reference": gap.reference} for gap in taken.gaps]
    _print(told | {"again": taken.again, "gaps": gaps}, stdout, as_json=args.json)
    return 1 if gaps else 0


def run_reconcile(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Entitlements, ledger and bank of a month side by side; exit 1 when something differs."""
    parser = argparse.ArgumentParser(prog="doudi reconcile", description=run_reconcile.__doc__)
    parser.add_argument("--month", required=True, type=Month.parse)
    parser.add_argument("--county", help="six digits; all counties without it")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    refresh()
    codes = [args.county] if args.county else [c.code[:6] for c in counties()]
    found = [three_ways(code, str(args.month), now(), PATIENCE) for code in codes]
    if args.json:
        stdout.write(json.dumps(list(map(_told, found)), ensure_ascii=False) + "\n")
    for ways in [] if args.json else found:
        stdout.write("  ".join(str(v) for k, v in _told(ways).items() if k != "gaps") + "\n")
        for gap in ways.gaps:
            sums = f"{plain_yuan(gap.here_fen)}  {plain_yuan(gap.there_fen)}"
            stdout.write(f"    {gap.words}  {gap.reference}  {sums}\n")
    return 0 if all(ways.agrees for ways in found) else 1


def _told(ways: ThreeWays) -> dict[str, object]:
    return {
        "county": ways.county,
        "entitled": plain_yuan(ways.entitled_fen),
        "listed": plain_yuan(ways.listed_fen),
        "ledger_paid": plain_yuan(ways.ledger.paid),
        "bank_paid": plain_yuan(ways.bank_fen),
        "owed": plain_yuan(ways.ledger.owed),
        "on_its_way": plain_yuan(ways.ledger.transit),
        "gaps": [
            {
                "what": gap.words,
                "reference": gap.reference,
                "here": plain_yuan(gap.here_fen),
                "there": plain_yuan(gap.there_fen),
            }
            for gap in ways.gaps
        ],
    }


def _print(told: dict[str, object], stdout: TextIO, *, as_json: bool) -> None:
    if as_json:
        stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    for key, value in told.items():
        stdout.write(f"{key:<10} {value}\n")
