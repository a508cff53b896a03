"""导入工作人员: the whole sheet or nothing; what is wrong is said row by row.

Clause: GB/T 22239 8.1.4.1, 8.1.4.2
Move:   none      Right: staff.manage      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import BinaryIO
from unicodedata import normalize

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.actions.add_post import Term, add_post
from doudi.accounts.actions.add_staff import add_staff, staff_problems
from doudi.accounts.figures.staff_sheet import SheetRefused, SheetRow, read_date, read_sheet
from doudi.accounts.models import Staff
from doudi.accounts.permissions import LEVELS, Role
from doudi.accounts.queries import may, region_by_words, region_choices
from doudi.audit.actor import Actor
from doudi.kernel.errors import Invalid
from doudi.kernel.region_code import level


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
        rows = read_sheet(file.read())
    except SheetRefused as refusal:
        raise Invalid({"file": refusal.args[0]}) from None
    if not rows:
        raise Invalid({"file": _("表中没有人员")})
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


def _check(rows: list[SheetRow], by: Staff | Actor, on: dt.date) -> tuple[Report, list[_Ready]]:
    report, ready = Report(read=len(rows)), []
    seen: set[str] = set()
    places = region_choices()
    for row in rows:
        one, reasons = _check_row(row, places, by, on)
        keys = {k for k in (row.cells["账号"].lower(), row.cells["身份证号"].upper()) if k}
        if keys & seen:
            reasons.append(_("与表中前面的行重复"))
        seen |= keys
        if reasons or one is None:
            report.problems.append(RowProblem(row.number, row.cells["账号"], tuple(reasons)))
        else:
            ready.append(one)
    return report, ready


def _check_row(
    row: SheetRow, places: dict[str, str], by: Staff | Actor, on: dt.date
) -> tuple[_Ready | None, list[str]]:
    cell = row.cells
    account, name = cell["账号"].lower(), cell["姓名"]
    id_number = "" if "身份证号" in row.problems else cell["身份证号"]
    reasons = list(row.problems.values())
    reasons += staff_problems(account, name, cell["手机"], id_number, on).values()
    role = role_by_words(cell["岗位"])
    region = region_by_words(cell["区划"], places)
    from_on = read_date(cell["起始日期"], on)
    if role is None:
        reasons.append(_("没有这个岗位：") + cell["岗位"][:20])
    if region is None:
        reasons.append(_("没有这个区划：") + cell["区划"][:20])
    if from_on is None:
        reasons.append(_("起始日期看不懂：") + cell["起始日期"][:20])
    if role and region:
        reasons += _place_problems(role, region, by)
    if reasons or not (role and region and from_on):
        return None, reasons
    return _Ready(account, name, cell["手机"], id_number, role, region, from_on), []


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
