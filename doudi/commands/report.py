"""`doudi report CASE_OR_ID --as ACCOUNT`: one household's newest verification report.

Only under everybody's living authorisation, and as an officer of that place: the household reads
that he opened it, as if he had sat at his desk.
"""

import argparse
import json
from typing import Any, TextIO

from doudi.accounts.queries import require, staff_by_account
from doudi.cases.file import CaseFile, case_file
from doudi.cases.queries import case_by_number, cases_naming
from doudi.clock.time import refresh, today
from doudi.desk.views.reports import looked, require_leave
from doudi.kernel.errors import DoudiError, NotFound
from doudi.kernel.resident_id import ResidentIdError, parse
from doudi.verification.queries import report_of


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 with the report; 1 without a right, a report or an authorisation, with the reason."""
    parser = argparse.ArgumentParser(prog="doudi report", description=__doc__)
    parser.add_argument("which", metavar="CASE_OR_ID", help="a case's number or an ID number")
    parser.add_argument("--as", dest="account", required=True, help="the officer who looks")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    refresh()
    try:
        told = _report(args.which, args.account)
    except DoudiError as refusal:
        stderr.write(f"doudi report: {refusal.sentence or refusal.code}\n")
        return 1
    stdout.write(json.dumps(told, ensure_ascii=False) + "\n" if args.json else _lines(told))
    return 0


def _report(which: str, account: str) -> dict[str, Any]:
    staff = staff_by_account(account)
    if staff is None:
        raise NotFound("没有这个账号")
    file = _file(which, staff)
    require(staff, "verification.view", file.case.town)
    found = report_of(file.case.application_id)
    if found is None:
        raise NotFound("核对报告还没有出具")
    require_leave(file)
    looked(file, staff, found)
    return {
        "report": found.number,
        "case": file.case.number,
        "issued_at": found.issued_at.isoformat(),
        "valid_until": found.valid_until.isoformat(),
        "is_over": found.valid_until < today(),
        "sha256": found.sha256,
        **found.content.open(),
    }


def _file(which: str, staff: Any) -> CaseFile:
    try:
        number = parse(which, demo=True)
    except ResidentIdError:
        return case_file(case_by_number(which).pk, staff)
    mine = cases_naming([number])
    if not mine:
        raise NotFound("没有这个人的办件")
    return case_file(mine[0].pk, staff)


def _lines(told: dict[str, Any]) -> str:
    """A line for each person and item: its state, as of when, and how many rows."""
    head = f"{told['report']}  {told['case']}  → {told['valid_until']}\n"
    return head + "".join(
        f"{person['name']}  {line['item']} {line['zh']}  {line['state']}"
        f"  {line['as_of'] or '—'}  {len(line['rows'])}\n"
        for person in told["persons"]
        for line in person["items"]
    )
