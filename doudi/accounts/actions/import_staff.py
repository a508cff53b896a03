"""导入工作人员: the whole sheet or nothing; what is wrong is said row by row.

Clause: GB/T 22239 8.1.4.1, 8.1.4.2
Move:   none      Right: staff.manage      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from unicodedata import normalize

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.actions.add_post import Term, add_post
from doudi.accounts.actions.add_staff import add_staff, staff_problems
from doudi.accounts.figures.staff_sheet import staff_table
from doudi.accounts.models import Staff
from doudi.accounts.permissions import LEVELS, Role
from doudi.accounts.queries import may, region_by_words, region_choices
from doudi.audit.actor import Actor
from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import Invalid
from doudi.kernel.region_code import level
from doudi.kernel.sentences import Sentence
from doudi.paper.workbook.cells import Context
from doudi.paper.workbook.columns import Row, WorkbookRefused
from doudi.paper.workbook.guard import SMALL
from doudi.paper.workbook.reading import open_workbook


@dataclass(frozen=True)
class RowProblem:
    """Why one row is not taken."""

    number: int
    account: str
    reasons: tuple[str, ...]


@dataclass
class Report:
    """The check report: what was read, what was wrong, and the links when everything was taken."""

    read: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    invitations: list[tuple[str, str]] = field(default_factory=list)  # account, token

    @property
    def is_taken(self) -> bool:
        """Whether the staff were added."""
        return bool(self.invitations) and not self.problems


@dataclass(frozen=True)
class _Ready:
    account: str
    name: str
    phone: str
    id_number: str
    role: Role
    region: str
    from_on: dt.date


def import_staff(
    file: BinaryIO, *, by: Staff | Actor, at: dt.datetime, only_check: bool = False
) -> Report:
    """Adds everybody in the sheet, or nobody: the report names each bad row with all its reasons.

    Invalid when the file as a whole cannot be read.
    """
    try:
        context = Context(at.date(), is_demo())
        with open_workbook(file, staff_table({}, {}), context, SMALL) as sheet:
            rows = list(sheet.rows())
    except WorkbookRefused as refusal:
        nobody = refusal.code == "no_rows"
        raise Invalid({"file": _("表中没有人员") if nobody else refusal.sentence}) from None
    report, ready = _check(rows, by, at.date())
    if report.problems or only_check:
        return report
    with transaction.atomic():
        for one in ready:
            staff, token = add_staff(
                one.account, one.name, phone=one.phone, id_number=one.id_number, by=by, at=at
            )
            add_post(staff, one.role, one.region, term=Term(one.from_on), by=by, at=at)
            report.invitations.append((one.account, token))
    return report


def _check(rows: list[Row], by: Staff | Actor, on: dt.date) -> tuple[Report, list[_Ready]]:
    report, ready = Report(read=len(rows)), []
    seen: set[str] = set()
    places = region_choices()
    for row in rows:
        cells = {key: value or "" for key, value in row.values.items()}
        one, reasons = _check_row(row, cells, places, by, on)
        keys = {k for k in (cells["account"].lower(), cells["id_number"]) if k}
        if keys & seen:
            reasons.append(_("与表中前面的行重复"))
        seen |= keys
        if reasons or one is None:
            report.problems.append(RowProblem(row.number, cells["account"], tuple(reasons)))
        else:
            ready.append(one)
    return report, ready


def _check_row(
    row: Row, cells: dict[str, Any], places: dict[str, str], by: Staff | Actor, on: dt.date
) -> tuple[_Ready | None, list[str]]:
    account, name = cells["account"].lower(), cells["name"]
    faults = {fault.heading: fault for fault in row.faults}
    reasons: list[str] = [
        Sentence("{heading}：{reason}", heading=f.heading, reason=[f.reason])
        for f in faults.values()
    ]
    if "账号" not in faults and "姓名" not in faults:
        found = staff_problems(account, name, cells["phone"], cells["id_number"], on)
        reasons += found.values()
    role = role_by_words(cells["role"])
    region = region_by_words(cells["region"], places)
    if role is None and cells["role"]:
        reasons.append(_("没有这个岗位：") + cells["role"][:20])
    if region is None and cells["region"]:
        reasons.append(_("没有这个区划：") + cells["region"][:20])
    if role and region:
        reasons += _place_problems(role, region, by)
    if reasons or not (role and region):
        return None, reasons
    from_on = cells["from_on"] or on
    return _Ready(account, name, cells["phone"], cells["id_number"], role, region, from_on), []


def _place_problems(role: Role, region: str, by: Staff | Actor) -> list[str]:
    if level(region) not in LEVELS[role]:
        return [_("这个岗位不设在这一级：") + role.label]
    if isinstance(by, Staff) and not may(by, "staff.manage", region):
        return [_("不在您的管理范围内")]
    return []


def role_by_words(words: str) -> Role | None:
    """The role of its identifier or its Chinese name, in brackets of any width; None otherwise."""
    thin = normalize("NFKC", words)
    return next((r for r in Role if thin in (r.value, normalize("NFKC", r.label))), None)
