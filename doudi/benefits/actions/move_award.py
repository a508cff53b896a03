"""迁移: the award ends here and goes on there from the next month: no gap, no double.

Standard, roll and office are the receiving place's; persons, payee and account stay. The new award
`follows` the old one, and the marks of its persons with it.

Clause: NT22 三(一); DB57 art 5
Move:   none      Right: the caller's      Says: AwardOpened
"""

import datetime as dt
from dataclasses import replace
from itertools import count
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.benefits.actions.change_award import Change, change_award
from doudi.benefits.events import AwardOpened
from doudi.benefits.figures import may_move
from doudi.benefits.models import Award, AwardPerson, Payment, Roll
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.periods import Month
from doudi.outbox.announce import announce
from doudi.regions.queries import area_of, exists


def move_award(
    award_id: UUID, village: str, change: Change, *, by: Actor, at: dt.datetime
) -> Award:
    """The new award; given back where it was moved already. The change's amounts are the new."""
    with transaction.atomic():
        old = Award.objects.select_for_update().get(pk=award_id)
        kept = Award.objects.filter(follows=old).first()
        if kept:
            return kept
        if len(village) != 12 or not exists(village):
            raise Invalid({"to_village": "请填迁入的村（社区）"})
        if old.village == village:
            raise Conflict("迁入地和现在的村（社区）是同一个")
        if not may_move(old, change.from_month):
            raise Conflict("暂停、渐退中的待遇不能迁移，请先恢复或者等它办结")
        change = _from_first_free(old, village, change)
        _end(old, change, by, at)
        new = _begin(old, village, change, at)
        write(
            "award.moved",
            actor=by,
            subject=f"award:{new.pk}",
            chain=new.county,
            detail={"from": change.from_month, "fen": new.monthly_fen},
        )
        announce(AwardOpened(new.pk))
    return new


def _from_first_free(old: Award, village: str, change: Change) -> Change:
    """Consent may come late: months that either place's roll has already stay with the old one."""
    lines = Payment.objects.filter(award=old, roll__kind="monthly", month__gte=change.from_month)
    there = Roll.objects.filter(
        county=village[:6], kind="monthly", month__gte=change.from_month
    ).exclude(county=old.county)
    taken = [*lines.values_list("month", flat=True), *there.values_list("month", flat=True)]
    if not taken:
        return change
    month = str(Month.parse(max(taken)).next())
    _, base, top_up = change.amounts[0]
    return replace(change, from_month=month, amounts=((month, base, top_up),))


def _end(old: Award, change: Change, by: Actor, at: dt.datetime) -> None:
    month = change.from_month
    nothing = {"amounts": ((month, 0, 0),), "until_month": str(Month.parse(month).previous())}
    change_award(old.pk, Change(**{**vars(change), **nothing}), by=by, at=at)


def _begin(old: Award, village: str, change: Change, at: dt.datetime) -> Award:
    _, base, top_up = change.amounts[0]
    new = Award.objects.create(
        number=_next_number(old),
        case_id=old.case_id,
        follows=old,
        decision_id=old.decision_id,
        programme=old.programme,
        area=area_of(village) or old.area,
        household_id=old.household_id,
        county=village[:6],
        town=village[:9],
        village=village,
        payee_id=old.payee_id,
        payee_name=old.payee_name,
        account=old.account.open() or "",
        bank=old.bank,
        monthly_fen=base + top_up,
        base_fen=base,
        top_up_fen=top_up,
        household_size=old.household_size,
        start_month=change.from_month,
        opened_at=at,
    )
    living = old.persons.filter(until_month="").values_list("person_id", flat=True)
    AwardPerson.objects.bulk_create(AwardPerson(award=new, person_id=p) for p in living)
    return new


def _next_number(old: Award) -> str:
    """The first one's number with -2, -3 …; an old system's number may have strokes of its own.

    Whatever such a system has numbered so already is left out.
    """
    first, _stroke, place = old.number.rpartition("-")
    stem, following = (old.number, 2) if old.follows_id is None else (first, int(place) + 1)
    taken = set(
        Award.objects.filter(number__startswith=f"{stem}-").values_list("number", flat=True)
    )
    return next(number for n in count(following) if (number := f"{stem}-{n}") not in taken)
