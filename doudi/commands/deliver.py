"""`doudi deliver ITEM FILE --manifest FILE`: takes in one department's delivery, or says why not.

Also for departments: `--template FILE` writes the empty table, `--new-key AGENCY` makes a signing
key, `--sign KEY --period 2022-05 --sequence N` writes the signed manifest beside the file.

`--watch FOLDER` takes in what stands there with its manifest, until Ctrl-C (`--once`: one look).
"""

import argparse
import csv
import datetime as dt
import errno
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

import xlsxwriter
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doudi.audit.actor import SYSTEM
from doudi.clock.time import now, refresh, today
from doudi.departments.actions.clear_taken import clear_taken
from doudi.departments.actions.look_into_folder import look_into_folder
from doudi.departments.actions.work_uploads import work_uploads
from doudi.kernel.errors import DoudiError
from doudi.kernel.periods import Month
from doudi.paper.workbook.defuse import harmless
from doudi.verification.actions.add_agency_key import add_agency_key
from doudi.verification.actions.decide_delivery import decide_delivery
from doudi.verification.actions.match_delivery import match_delivery
from doudi.verification.actions.take_delivery import message_of, take_delivery
from doudi.verification.catalog.faults import FAULTS
from doudi.verification.catalog.items import codes, item
from doudi.verification.engine.by_name import engine
from doudi.verification.engine.loaded import Fault, FileRefused
from doudi.verification.file import contract

Way = tuple[Any, Callable[[], int]]
LOOKS = 10  # seconds between two looks into a watched folder


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="doudi deliver", description=__doc__)
    parser.add_argument("item", nargs="?", choices=codes(), metavar="ITEM")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--signature", "--manifest", type=Path, help="default FILE.manifest.json")
    parser.add_argument("--errors", type=Path, help="error file; default FILE.errors.csv")
    parser.add_argument("--template", type=Path, help="writes the item's empty CSV or XLSX")
    parser.add_argument("--new-key", metavar="AGENCY", help="FILE-less: makes a signing key")
    parser.add_argument("--key", type=Path, help="the department's private key file")
    parser.add_argument("--sign", action="store_true", help="writes the signed manifest of FILE")
    parser.add_argument("--period", help="the month it tells of, 2022-05")
    parser.add_argument("--sequence", type=int, help="1, 2, 3 … for each item")
    parser.add_argument("--release", type=UUID, metavar="DELIVERY", help="a held one counts")
    parser.add_argument("--drop", type=UUID, metavar="DELIVERY", help="a held one is set aside")
    parser.add_argument("--by", default="", help="who decides, with --reason")
    parser.add_argument("--reason", default="")
    parser.add_argument("--watch", type=Path, metavar="FOLDER", help="looks into a drop folder")
    parser.add_argument("--once", action="store_true", help="with --watch: one look, then ends")
    parser.add_argument("--json", action="store_true")
    return parser


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 taken or held, 1 refused with the reason, 2 wrong usage."""
    parser = _parser()
    args = parser.parse_args(argv)
    refresh()
    try:
        for asked, work in _ways(args, stdout, stderr):
            if asked:
                return work()
    except DoudiError as refusal:
        stderr.write(f"doudi deliver: {refusal.sentence or refusal.code}\n")
        return 1
    except OSError as error:
        stderr.write(f"doudi deliver: {error.filename}: {error.strerror}\n")
        return 1
    parser.print_usage(stderr)
    return 2


def _ways(args: argparse.Namespace, stdout: TextIO, stderr: TextIO) -> list[Way]:
    """What the words may ask for; the first that they do is done."""
    sends = args.item and args.file
    signs = sends and args.sign and args.key and args.period and args.sequence
    return [
        (args.watch, partial(_watch, args, stdout)),
        (args.release or args.drop, partial(_decide, args, stdout)),
        (args.new_key and args.key, partial(_new_key, args, stdout)),
        (args.item and args.template, partial(_template, args)),
        (signs, partial(_sign, args, stdout)),
        (sends and not args.sign, partial(_deliver, args, stdout, stderr)),
    ]


def _watch(args: argparse.Namespace, stdout: TextIO) -> int:
    """Exit 0 when at the last look nothing stood there refused, 1 otherwise."""
    if not args.watch.is_dir():
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(args.watch))
    while True:
        look_into_folder(args.watch, at=now())
        while work_uploads():
            continue
        told = look_into_folder(args.watch, at=now())
        clear_taken(args.watch)
        for name, state in told:
            stdout.write(f"{name}: {state}\n")
        stdout.flush()
        if args.once:
            return int(any(state == "refused" for _name, state in told))
        time.sleep(LOOKS)
        refresh()


def _decide(args: argparse.Namespace, stdout: TextIO) -> int:
    held = args.release or args.drop
    decide_delivery(
        held,
        use=bool(args.release),
        reason=args.reason,
        by=SYSTEM,
        at=now(),
        name=args.by,
    )
    stdout.write(f"{held}: {'accepted' if args.release else 'dropped'}\n")
    return 0


def _new_key(args: argparse.Namespace, stdout: TextIO) -> int:
    private = Ed25519PrivateKey.generate()
    add_agency_key(args.new_key, private.public_key().public_bytes_raw().hex(), by=SYSTEM, at=now())
    with os.fdopen(os.open(args.key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(private.private_bytes_raw().hex())
    stdout.write(f"{args.new_key}: {args.key}\n")
    return 0


def _template(args: argparse.Namespace) -> int:
    headings = contract(args.item, today()).headings
    if args.template.suffix.lower() == ".xlsx":
        with xlsxwriter.Workbook(str(args.template)) as book:
            sheet = book.add_worksheet(args.item)
            # Every cell is text, so that no ID number becomes a number.
            sheet.set_column(0, len(headings) - 1, 22, book.add_format({"num_format": "@"}))
            sheet.write_row(0, 0, headings)
        return 0
    args.template.write_text(",".join(headings) + "\r\n", encoding="utf-8-sig")
    return 0


def _manifest_path(args: argparse.Namespace) -> Path:
    return args.signature or args.file.with_name(args.file.name + ".manifest.json")


def _first_day(period: str) -> dt.date | None:
    """A wrong period is refused with the manifest, in its own words."""
    try:
        return Month.parse(period).first_day
    except ValueError:
        return None


def _sign(args: argparse.Namespace, stdout: TextIO) -> int:
    about = contract(args.item, _first_day(args.period))
    with args.file.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    try:
        with tempfile.TemporaryDirectory() as work:
            rows = sum(
                batch.num_rows for batch in engine("reading").batches(args.file, about, Path(work))
            )
    except FileRefused as refusal:
        rows = 0
        stdout.write(f"{_sentence(refusal.code, refusal.values)}\n")
    manifest = {
        "item": args.item,
        "agency": item(args.item).agency,
        "period": args.period,
        "sequence": args.sequence,
        "rows": rows,
        "sha256": digest,
    }
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(args.key.read_text().strip()))
    manifest["signature"] = key.sign(message_of(manifest)).hex()
    _manifest_path(args).write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
    return 0


def _deliver(args: argparse.Namespace, stdout: TextIO, stderr: TextIO) -> int:
    try:
        manifest = json.loads(_manifest_path(args).read_text(encoding="utf-8"))
        if not isinstance(manifest, dict) or manifest.get("item") != args.item:
            raise FileRefused("manifest")
        if args.period and manifest.get("period") != args.period:
            raise FileRefused("manifest")
        made, loaded = take_delivery(args.file, manifest, by=SYSTEM, at=now())
    except (ValueError, FileRefused) as error:
        refusal = error if isinstance(error, FileRefused) else FileRefused("manifest")
        path = _error_file(args, refusal)
        stderr.write(f"doudi deliver: {_sentence(refusal.code, refusal.values)} ({path})\n")
        return 1
    matched = match_delivery(made, by=SYSTEM, at=now())
    if loaded.faults:
        _write_faults(_errors_path(args), loaded.faults)
    told = {
        "delivery": str(made.pk),
        "item": made.item,
        "state": made.state,
        "held_for": made.held_for,
        "rows_in": made.rows_in,
        "accepted": made.rows_accepted,
        "quarantined": loaded.refused,
        "matched": matched["alone"],
        "to_match": matched["proposed"],
    }
    told_text = json.dumps(told) if args.json else "  ".join(str(v) for v in told.values())
    stdout.write(told_text + "\n")
    return 0


def _sentence(code: str, values: dict) -> str:
    zh, en = FAULTS[code]
    return f"{zh.format(**values)} / {en.format(**values)}"


def _errors_path(args: argparse.Namespace) -> Path:
    return args.errors or args.file.with_name(args.file.name + ".errors.csv")


def _error_file(args: argparse.Namespace, refusal: FileRefused) -> Path:
    rows = refusal.rows or (0,)
    faults = [Fault(row, "", refusal.code, "") for row in rows]
    if refusal.loaded is not None:
        faults += refusal.loaded.faults
    _write_faults(_errors_path(args), faults, refusal.values)
    return _errors_path(args)


def _write_faults(path: Path, faults: list[Fault], values: dict | None = None) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(["行", "列", "值（已遮盖）", "原因", "reason", "code"])
        for fault in faults:
            zh, en = FAULTS[fault.reason]
            filled = (values or {}) | {"row": fault.row}
            if not fault.heading:
                zh, en = zh.format(**filled), en.format(**filled)
            table.writerow(
                [fault.row or "", fault.heading, harmless(fault.masked), zh, en, fault.reason]
            )
