"""`doudi staff add …`, `doudi staff import FILE.xlsx`, `doudi staff template FILE.xlsx`."""

import argparse
from pathlib import Path
from typing import TextIO

from doudi.accounts.actions.add_staff import add_staff
from doudi.accounts.actions.import_staff import Report, import_staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import staff_template
from doudi.audit.actor import SYSTEM
from doudi.clock.time import now, refresh
from doudi.kernel.errors import DoudiError, Invalid

ADDRESS = "http://127.0.0.1:8000"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="doudi staff", description=__doc__)
    words = parser.add_subparsers(dest="word", required=True)
    add = words.add_parser("add", help="one person with one post")
    add.add_argument("account")
    add.add_argument("name")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])
    add.add_argument("--region", required=True, help="code of 6, 9 or 12 digits")
    add.add_argument("--phone", default="")
    sheet = words.add_parser("import", help="everybody in a sheet, or nobody")
    sheet.add_argument("file", type=Path)
    sheet.add_argument("--check", action="store_true", help="only say what is wrong")
    template = words.add_parser("template", help="writes the empty sheet")
    template.add_argument("file", type=Path)
    for one in (add, sheet):
        one.add_argument("--address", default=ADDRESS, help="where Doudi is served")
    return parser


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 with the one-time links, 1 with every reason why not."""
    args = _parser().parse_args(argv)
    refresh()
    try:
        return WORDS[args.word](args, stdout, stderr)
    except Invalid as refusal:
        for sentence in refusal.fields.values():
            stderr.write(f"doudi: {sentence}\n")
    except DoudiError as refusal:
        stderr.write(f"doudi: {refusal.sentence or refusal.code}\n")
    except OSError as error:
        stderr.write(f"doudi: {args.file}: {error.strerror}\n")
    return 1


def _add(args: argparse.Namespace, stdout: TextIO, stderr: TextIO) -> int:
    posts = [(args.role, args.region)]
    staff, token = add_staff(
        args.account, args.name, posts=posts, phone=args.phone, by=SYSTEM, at=now()
    )
    stdout.write(f"{staff.account}: {args.address}/invite/{token}/\n")
    return 0


def _import(args: argparse.Namespace, stdout: TextIO, stderr: TextIO) -> int:
    with args.file.open("rb") as file:
        report = import_staff(file, by=SYSTEM, at=now(), only_check=args.check)
    if report.problems:
        return _refuse(report, stderr)
    stdout.write(f"{report.read} rows, all good\n")
    for account, token in report.invitations:
        stdout.write(f"{account}: {args.address}/invite/{token}/\n")
    return 0


def _refuse(report: Report, stderr: TextIO) -> int:
    stderr.write(f"doudi: {len(report.problems)} of {report.read} rows are wrong; nobody added\n")
    for problem in report.problems:
        stderr.write(f"  row {problem.number} {problem.account}: {'; '.join(problem.reasons)}\n")
    return 1


def _template(args: argparse.Namespace, stdout: TextIO, stderr: TextIO) -> int:
    args.file.write_bytes(staff_template())
    stdout.write(f"{args.file}\n")
    return 0


WORDS = {"add": _add, "import": _import, "template": _template}
