"""排值班: a line of the roster of a town or county is added or taken away.

Clause: DOUDI R10
Move:   none      Right: urgent.roster      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, may, require, staff_by_id
from doudi.audit.journal import write
from doudi.kernel.errors import Invalid, NotFound
from doudi.kernel.region_code import full
from doudi.urgent.models import DutyShift


@dataclass(frozen=True)
class Shift:
    """Who, when: on a weekday (0 is Monday) or on one day, from hour to hour."""

    officer_id: UUID | str
    from_hour: int
    to_hour: int
    weekday: int | None = None
    day: dt.date | None = None
    order: int = 1


def add_shift(region: str, shift: Shift, *, by: Staff | None, at: dt.datetime) -> DutyShift:
    """`region` of nine digits (town) or six (county); Invalid for who may not answer there."""
    officer = staff_by_id(shift.officer_id)
    if by:
        require(by, "urgent.roster", full(region))
    wrong: dict[str, str] = {}
    if not may(officer, "urgent.take", full(region)):
        wrong["officer"] = "这位同志在这里没有接听急难求助的岗位"
    if (shift.weekday is None) == (shift.day is None):
        wrong["weekday"] = "请选星期几，或者写一个日期"
    if not (0 <= shift.from_hour <= 23 and 0 <= shift.to_hour <= 24):
        wrong["from_hour"] = "钟点请写0到24"
    if wrong:
        raise Invalid(wrong)
    with transaction.atomic():
        made = DutyShift.objects.create(
            region=region,
            weekday=shift.weekday,
            day=shift.day,
            from_hour=shift.from_hour,
            to_hour=shift.to_hour,
            officer=officer,
            order=shift.order,
        )
        _note("urgent.shift_added", made, by)
    return made


def drop_shift(shift_id: UUID, *, by: Staff, at: dt.datetime) -> None:
    """Takes a line off the roster; whoever was rung already stays rung."""
    with transaction.atomic():
        found = DutyShift.objects.filter(pk=shift_id).first()
        if found is None:
            raise NotFound("值班表里没有这一行")
        require(by, "urgent.roster", full(found.region))
        _note("urgent.shift_dropped", found, by)
        found.delete()


def _note(deed: str, shift: DutyShift, by: Staff | None) -> None:
    actor = actor_of(by or shift.officer)
    subject = f"roster:{shift.region}"
    write(deed, actor=actor, subject=subject, chain=shift.region[:6])
